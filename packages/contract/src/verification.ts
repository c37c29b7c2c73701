import * as z from 'zod';
import { id, instant } from './scalars.ts';

export const channel = z.enum(['text', 'call']);
export const phoneKind = z.enum(['mobile', 'landline']);

/** One way in which the secret code can reach the person: a number and a channel, the number never shown whole. */
export const deliveryMethodSchema = z
  .object({
    id: z.string().max(32).describe('Names the number and channel within this flow.'),
    channel,
    phoneKind,
    hint: z.string().describe('The last two digits of the number.'),
  })
  .meta({ id: 'DeliveryMethod' });

/** The live code of a flow: everything about it but the code. */
export const verificationSchema = z
  .object({
    id,
    method: deliveryMethodSchema,
    state: z
      .enum(['sending', 'sent', 'delivered', 'failed'])
      .describe('How far the latest message with this code has come.'),
    sentAt: instant,
    expiresAt: instant,
    resendAt: instant.describe('From when on asking again sends again.'),
    triesLeft: z.int(),
    repeated: z
      .boolean()
      .describe('True when this code had been sent before: the earlier message works too.'),
  })
  .meta({ id: 'Verification' });

export const sendCodeBody = z.strictObject({ methodId: z.string().min(1).max(32) }).meta({ id: 'SendCode' });

/** Spaces and dashes are accepted, as people copy codes with them. */
export const submitCodeBody = z
  .strictObject({
    code: z
      .string()
      .max(32)
      .transform((value) => value.replaceAll(/[\s-]/g, ''))
      .pipe(
        z
          .string()
          .regex(/^\d{6}$/, 'You have not entered the right amount of numbers, the code must be 6 numbers'),
      ),
  })
  .meta({ id: 'SubmitCode' });

export type DeliveryMethod = z.infer<typeof deliveryMethodSchema>;
export type Verification = z.infer<typeof verificationSchema>;
export type Channel = z.infer<typeof channel>;
export type PhoneKind = z.infer<typeof phoneKind>;
