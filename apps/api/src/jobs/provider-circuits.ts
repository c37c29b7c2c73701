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
 * a refusal of one address or number shows that it is there.
 */
export function createProviderCircuits({ db, onError }: CircuitNeeds) {
  const heard: Record<Provider, number> = { mail: 0, phone: 0 };

  async function through<T>(provider: Provider, send: () => Promise<T>): Promise<T> {
    try {
      const answer = await send();
      await keep(provider, true);
      return answer;
    } catch (error) {
      if (error instanceof DeliveryPostponed) await keep(provider, false);
      if (error instanceof DeliveryRefused) await keep(provider, true);
      throw error;
    }
  }

  /** A message that has left has left, whether or not we could note that its provider is there: nothing is thrown. */
  async function keep(provider: Provider, isThere: boolean): Promise<void> {
    try {
      if (isThere) await answered(provider);
      else await failed(provider);
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

  async function failed(provider: Provider): Promise<void> {
    const opened = await db.transaction((tx) => providerCircuitRepository.failed(tx, provider));
    if (!opened) return;
    const what = `the ${provider} provider is away: its jobs wait, and one tries it now and then`;
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
