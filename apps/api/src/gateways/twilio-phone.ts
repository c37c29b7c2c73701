import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import {
  DeliveryPostponed,
  DeliveryRefused,
  isOfTheMoment,
  isRefusal,
  postponed,
} from './delivery-failure.ts';
import type { Phone } from './phone.ts';
import { twilioReason } from './twilio-reasons.ts';

export interface TwilioSettings {
  readonly TWILIO_ACCOUNT_SID: string;
  readonly TWILIO_AUTH_TOKEN: string;
  readonly TWILIO_BASE_URL: string;
  readonly TWILIO_FROM: string;
}

const timeoutMs = 5000;
const voices = { en: 'en-US', es: 'es-MX' } as const;

/**
 * Twilio's library knows no base address: every request is turned to the configured one, and none leaves for another. Its
 * errors know nothing of the answer's headers, so what says how long to wait is read here.
 */
class Requests extends twilio.RequestClient {
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    super({ timeout: timeoutMs });
    this.#baseUrl = baseUrl;
  }

  override async request<T>(request: RequestClient.RequestOptions<T>) {
    const { pathname, search } = new URL(request.uri);
    const answer = await super.request<T>({
      ...request,
      uri: new URL(pathname + search, this.#baseUrl).href,
    });
    if (isOfTheMoment(answer.statusCode)) throw postponed('Twilio', answer.statusCode, answer.headers);
    return answer;
  }
}

/** Texts and calls through Twilio's Messages and Calls resources. */
export function createTwilioPhone(settings: TwilioSettings): Phone {
  const client = twilio(settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, {
    httpClient: new Requests(settings.TWILIO_BASE_URL),
  });
  const from = settings.TWILIO_FROM;

  return {
    async sendText({ to, body, statusCallback, validSeconds }) {
      try {
        const message = await client.messages.create({
          to,
          from,
          body,
          statusCallback,
          validityPeriod: Math.max(1, validSeconds),
        });
        return message.sid;
      } catch (error) {
        throw failureOf(error);
      }
    },

    async call({ to, language, spoken, statusCallback }) {
      // The words travel inside the request: no address of ours ever answers a code.
      const response = new twilio.twiml.VoiceResponse();
      for (const part of spoken) {
        if ('say' in part) response.say({ language: voices[language] }, part.say);
        else response.pause({ length: part.pause });
      }
      try {
        const call = await client.calls.create({
          to,
          from,
          twiml: response.toString(),
          statusCallback,
          statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
          machineDetection: 'Enable',
          asyncAmd: 'true',
          asyncAmdStatusCallback: statusCallback,
          asyncAmdStatusCallbackMethod: 'POST',
        });
        return call.sid;
      } catch (error) {
        throw failureOf(error);
      }
    },

    async hangUp(callId) {
      try {
        await client.calls(callId).update({ status: 'completed' });
      } catch (error) {
        const failure = failureOf(error);
        if (!(failure instanceof DeliveryRefused)) throw failure;
      }
    },
  };
}

/** The library's messages repeat the number that was called: only codes are passed on. */
function failureOf(error: unknown): Error {
  if (error instanceof DeliveryPostponed) return error;
  const { status, code } = error as { status?: unknown; code?: unknown };
  if (isRefusal(Number(status))) return new DeliveryRefused(twilioReason(Number(code)));
  return postponed('Twilio', typeof status === 'number' ? status : undefined);
}
