import mail from '@sendgrid/mail';
import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';

export const SENDGRID_KEY = 'SG.mailroom-test-key';
export const ACCOUNT_SID = `AC${'0'.repeat(32)}`;
export const AUTH_TOKEN = 'mailroom-test-token';
export const CLINIC = '+14155550100';

/** The real SendGrid SDK, pointed at a mailroom. There is one for the whole process. */
export function sendGridAt(url: string, { apiKey = SENDGRID_KEY, timeoutMs = 5000 } = {}): typeof mail {
  // The key comes first: setting it puts the address back to SendGrid's own.
  mail.setApiKey(apiKey);
  const { client } = mail as unknown as { client: { setDefaultRequest(key: string, value: string): void } };
  client.setDefaultRequest('baseUrl', url);
  mail.setTimeout(timeoutMs);
  return mail;
}

/** The real Twilio SDK, pointed at a mailroom. */
export function twilioAt(url: string, options: { authToken?: string; timeoutMs?: number } = {}) {
  class MailroomRequests extends twilio.RequestClient {
    override request<T>(request: RequestClient.RequestOptions<T>) {
      const { pathname, search } = new URL(request.uri);
      return super.request<T>({ ...request, uri: url + pathname + search });
    }
  }
  const httpClient = new MailroomRequests({ timeout: options.timeoutMs ?? 5000 });
  return twilio(ACCOUNT_SID, options.authToken ?? AUTH_TOKEN, { httpClient });
}

/** What a failed SDK call threw, as far as these tests look at it. */
export interface SdkError {
  status?: number;
  code?: number | string;
  message: string;
  response?: { body: unknown; headers: Record<string, string> };
}

/** Awaits a call that must fail. @throws When it succeeds. */
export async function failure(call: Promise<unknown>): Promise<SdkError> {
  try {
    await call;
  } catch (error) {
    return error as SdkError;
  }
  throw new Error('The call succeeded.');
}
