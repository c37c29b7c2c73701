import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { meSchema } from './people.ts';
import { linkBody } from './registrations.ts';
import { email, instant, phoneText } from './scalars.ts';
import {
  deliveryMethodSchema,
  phoneKind,
  sendCodeBody,
  submitCodeBody,
  verificationSchema,
} from './verification.ts';

/** A new number on its way: it takes the old one's place once a code sent to it came back. */
export const phoneChangeSchema = z
  .object({
    methods: z.array(deliveryMethodSchema),
    verification: verificationSchema.nullable(),
    expiresAt: instant,
  })
  .meta({ id: 'PhoneChange' });

export const startPhoneChange = endpoint({
  method: 'PUT',
  path: '/v1/me/phone-change',
  tag: 'me',
  summary: 'Enter my new number',
  description:
    'Nothing changes until the code sent to it is given. A second number takes the first one’s place.',
  access: ['patient'],
  body: z.strictObject({ phone: phoneText, kind: phoneKind }).meta({ id: 'StartPhoneChange' }),
  status: 200,
  output: phoneChangeSchema,
  problems: ['reauthentication-needed', 'phone-refused'],
});

export const getPhoneChange = endpoint({
  method: 'GET',
  path: '/v1/me/phone-change',
  tag: 'me',
  summary: 'Where the change of my number stands',
  description: 'A change that was begun can be taken up again for half an hour.',
  access: ['patient'],
  status: 200,
  output: z.object({ change: phoneChangeSchema.nullable() }).meta({ id: 'PhoneChangeUnderWay' }),
  problems: [],
});

export const sendPhoneChangeCode = endpoint({
  method: 'POST',
  path: '/v1/me/phone-change/verification',
  tag: 'me',
  summary: 'Send or re-send the secret code to my new number',
  access: ['patient'],
  body: sendCodeBody,
  status: 202,
  output: verificationSchema,
  problems: ['state-conflict', 'phone-refused', 'too-many-tries', 'too-many-requests'],
});

export const submitPhoneChangeCode = endpoint({
  method: 'POST',
  path: '/v1/me/phone-change/verification/attempts',
  tag: 'me',
  summary: 'Submit the secret code: the number is changed',
  description: 'Needs a fresh confirmation once more. The owner of the account is told by email.',
  access: ['patient'],
  body: submitCodeBody,
  status: 200,
  output: meSchema,
  problems: ['reauthentication-needed', 'code-wrong', 'too-many-tries', 'state-conflict'],
});

export const requestEmailChange = endpoint({
  method: 'POST',
  path: '/v1/me/email-changes',
  tag: 'me',
  summary: 'Enter my new email address',
  description:
    'Sends a link to the new address, good for an hour; nothing changes until it is pressed. Always answers the same, whether or not the address has an account.',
  access: ['patient'],
  body: z.strictObject({ email }).meta({ id: 'RequestEmailChange' }),
  status: 202,
  problems: ['reauthentication-needed'],
});

export const confirmEmailChange = endpoint({
  method: 'POST',
  path: '/v1/email-changes',
  tag: 'me',
  summary: 'Continue from the link that was sent to the new address',
  description: 'Changes the address that signs in, and tells the old one. Works once.',
  access: ['anyone'],
  body: linkBody,
  status: 204,
  problems: ['link-unusable'],
});

export type PhoneChange = z.infer<typeof phoneChangeSchema>;
