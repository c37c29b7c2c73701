import { createHmac } from 'node:crypto';
import type { Callback } from './courier.ts';

/**
 * A status callback as Twilio sends it: a form, signed over its address and its sorted fields.
 * @param authToken The key of `X-Twilio-Signature` (HMAC-SHA1, base64).
 */
export function signedForm(url: string, fields: Record<string, string>, authToken: string): Callback {
  const signed = Object.entries(fields)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .reduce((text, [name, value]) => text + name + value, url);
  return {
    url,
    body: new URLSearchParams(fields).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'user-agent': 'TwilioProxy/1.1',
      'x-twilio-signature': createHmac('sha1', authToken).update(signed).digest('base64'),
    },
  };
}
