import { Counter, type Registry } from 'prom-client';
import { DeliveryPostponed, DeliveryRefused } from '../gateways/delivery-failure.ts';
import type { Mailer } from '../gateways/mailer.ts';
import type { Phone } from '../gateways/phone.ts';

const resultOf = (error: unknown): string => {
  if (error instanceof DeliveryRefused) return 'refused';
  return error instanceof DeliveryPostponed ? 'postponed' : 'failed';
};

/** Counts what the providers answer, by channel: wraps the ports, so that no sender can be forgotten. */
export function meterDeliveries(
  registry: Registry,
  { mailer, phone }: { readonly mailer: Mailer; readonly phone: Phone },
): { readonly mailer: Mailer; readonly phone: Phone } {
  const sends = new Counter({
    name: 'casetalk_sends_total',
    help: 'Mails, texts and calls that were handed to a provider, by what it answered.',
    labelNames: ['channel', 'result'] as const,
    registers: [registry],
  });
  async function counted<T>(channel: 'mail' | 'text' | 'call', sending: Promise<T>): Promise<T> {
    try {
      const answer = await sending;
      sends.inc({ channel, result: 'taken' });
      return answer;
    } catch (error) {
      sends.inc({ channel, result: resultOf(error) });
      throw error;
    }
  }
  return {
    mailer: { send: (mail) => counted('mail', mailer.send(mail)) },
    phone: {
      sendText: (text) => counted('text', phone.sendText(text)),
      call: (call) => counted('call', phone.call(call)),
      hangUp: (callId) => phone.hangUp(callId),
    },
  };
}
