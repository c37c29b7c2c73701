import type { Database, Tx } from '../db/database.ts';
import { DeliveryPostponed, DeliveryRefused } from '../gateways/delivery-failure.ts';
import type { Mailer } from '../gateways/mailer.ts';
import type { Phone } from '../gateways/phone.ts';
import { type Provider, providerCircuitRepository } from './provider-circuits.repository.ts';
import { jobNames, providerOf } from './queues.ts';
import type { JobName } from './queue.ts';

const providers = ['mail', 'phone'] as const satisfies readonly Provider[];

/** The jobs that need a provider, in the order in which they try it again. */
export const jobsOf = (provider: Provider): JobName[] =>
  jobNames.filter((name) => providerOf(name) === provider);

/** How a provider stands, for whoever watches the installation. */
export interface CircuitState {
  readonly provider: Provider;
  /** Since when its jobs wait; null while it is used. */
  readonly openSince: Date | null;
  /** Failures since it last answered. */
  readonly failures: number;
}

/** Reads how every provider stands. May be asked by the API and by workers. */
export async function readCircuits(db: Pick<Database, 'transaction'>): Promise<CircuitState[]> {
  const rows = await db.transaction((tx: Tx) => providerCircuitRepository.read(tx));
  return providers.map((provider) => {
    const row = rows.find((one) => one.provider === provider);
    return { provider, openSince: row?.openedAt ?? null, failures: row?.failures ?? 0 };
  });
}

interface CircuitNeeds {
  readonly db: Pick<Database, 'transaction'>;
  /** Told when a provider is left alone and when it is back, and when that could not be kept. */
  readonly onError: (error: Error, what: string) => void;
}

/**
 * Watches what the providers answer. An outage (no answer, 5xx, too many requests, our account) counts against a provider;
 * one that says how long it wants to be left alone is left alone at once, and as long. A refusal of one address or number
 * shows that it is there.
 */
export function createProviderCircuits({ db, onError }: CircuitNeeds) {
  const heard: Record<Provider, number> = { mail: 0, phone: 0 };
  /** Until when a provider asked this process for peace, by the clock that never jumps; in milliseconds. */
  const peaceUntil: Record<Provider, number> = { mail: 0, phone: 0 };

  async function through<T>(provider: Provider, send: () => Promise<T>): Promise<T> {
    if (performance.now() < peaceUntil[provider]) {
      // What was under way when the provider asked; its queues shut in a moment.
      heard[provider] += 1;
      throw new DeliveryPostponed(`The ${provider} provider asked to be left alone`);
    }
    try {
      const answer = await send();
      await keep(provider, true);
      return answer;
    } catch (error) {
      if (error instanceof DeliveryPostponed) await keep(provider, false, error.waitSeconds);
      if (error instanceof DeliveryRefused) await keep(provider, true);
      throw error;
    }
  }

  /** A message that has left has left, whether or not we could note that its provider is there: nothing is thrown. */
  async function keep(provider: Provider, isThere: boolean, waitSeconds?: number): Promise<void> {
    if (waitSeconds !== undefined) peaceUntil[provider] = performance.now() + waitSeconds * 1000;
    try {
      if (isThere) await answered(provider);
      else await failed(provider, waitSeconds);
      heard[provider] += 1;
    } catch {
      onError(new Error('A provider’s state was not kept.'), `what the ${provider} provider answered`);
    }
  }

  async function answered(provider: Provider): Promise<void> {
    const isBack = await db.transaction(async (tx) => {
      const closed = await providerCircuitRepository.answered(tx, provider);
      if (closed) await providerCircuitRepository.bringForward(tx, jobsOf(provider));
      return closed;
    });
    if (isBack) onError(new Error('A provider is back.'), `the ${provider} provider is back: its jobs leave`);
  }

  async function failed(provider: Provider, waitSeconds: number | undefined): Promise<void> {
    const opened = await db.transaction((tx) => providerCircuitRepository.failed(tx, provider, waitSeconds));
    if (!opened) return;
    const what =
      waitSeconds === undefined
        ? `the ${provider} provider is away: its jobs wait, and one tries it now and then`
        : `the ${provider} provider asks to be left alone for ${waitSeconds} s: its jobs wait`;
    onError(new Error('A provider is away.'), what);
  }

  return {
    /** How many answers and failures of a provider this process has heard. */
    heard: (provider: Provider): number => heard[provider],

    mailer: (mailer: Mailer): Mailer => ({ send: (mail) => through('mail', () => mailer.send(mail)) }),

    phone: (phone: Phone): Phone => ({
      sendText: (text) => through('phone', () => phone.sendText(text)),
      call: (call) => through('phone', () => phone.call(call)),
      hangUp: (callId) => phone.hangUp(callId),
    }),
  };
}

export type ProviderCircuits = ReturnType<typeof createProviderCircuits>;
