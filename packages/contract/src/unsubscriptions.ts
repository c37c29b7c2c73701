import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { language } from './scalars.ts';
import { linkPracticeSchema } from './registrations.ts';

/** What stands at the foot of a notice or a reminder: sealed by the API, and good for nothing but this. */
export const unsubscribeToken = z
  .string()
  .min(20)
  .max(400)
  .regex(/^[\w-]+$/);

const tokenParams = z.strictObject({ token: unsubscribeToken });

export const unsubscriptionSchema = z
  .object({
    mails: z
      .enum(['notices', 'reminders'])
      .describe('`notices`: of unread messages. `reminders`: of one invitation that waits.'),
    stopped: z.boolean().describe('True when these mails are not sent any more.'),
    language,
    practice: linkPracticeSchema.nullable(),
  })
  .meta({ id: 'Unsubscription' });

export const lookUpUnsubscription = endpoint({
  method: 'POST',
  path: '/v1/unsubscriptions/look-up',
  tag: 'unsubscriptions',
  summary: 'Which mails a link at the foot of a mail is about, and whether they are sent',
  description: 'Changes nothing: mail scanners and previews may ask as often as they like.',
  access: ['anyone'],
  body: z.strictObject({ token: unsubscribeToken }).meta({ id: 'UnsubscribeLink' }),
  status: 200,
  output: unsubscriptionSchema,
  problems: ['not-found'],
});

export const changeUnsubscription = endpoint({
  method: 'POST',
  path: '/v1/unsubscriptions',
  tag: 'unsubscriptions',
  summary: 'Stop these mails, or have them sent again',
  access: ['anyone'],
  body: z
    .strictObject({ token: unsubscribeToken, stopped: z.boolean() })
    .meta({ id: 'ChangeUnsubscription' }),
  status: 200,
  output: unsubscriptionSchema,
  problems: ['not-found'],
});

export const openUnsubscription = endpoint({
  method: 'GET',
  path: '/v1/unsubscriptions/{token}',
  tag: 'unsubscriptions',
  summary: 'The address of `List-Unsubscribe`, opened by a person',
  description: 'Changes nothing, and leads to the portal’s page where it can be decided.',
  access: ['anyone'],
  params: tokenParams,
  status: 303,
  problems: ['not-found'],
});

export const unsubscribeInOneClick = endpoint({
  method: 'POST',
  path: '/v1/unsubscriptions/{token}',
  tag: 'unsubscriptions',
  summary: 'The address of `List-Unsubscribe`, pressed in a mail program (RFC 8058)',
  description:
    'A form with `List-Unsubscribe=One-Click`, as application/x-www-form-urlencoded or multipart/form-data. No cookies are needed or looked at; pressed again it changes nothing.',
  access: ['anyone'],
  params: tokenParams,
  body: z.object({ 'List-Unsubscribe': z.literal('One-Click') }).meta({ id: 'OneClickUnsubscribe' }),
  status: 204,
  problems: ['not-found'],
});

export type Unsubscription = z.infer<typeof unsubscriptionSchema>;
