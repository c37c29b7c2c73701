import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { passwordText } from './people.ts';
import { email, instant } from './scalars.ts';
import { linkBody } from './registrations.ts';
import { deliveryMethodSchema, sendCodeBody, submitCodeBody, verificationSchema } from './verification.ts';

export const passwordResetSchema = z
  .object({
    step: z.enum(['method', 'code', 'password', 'done']),
    methods: z.array(deliveryMethodSchema),
    verification: verificationSchema.nullable(),
    expiresAt: instant,
  })
  .meta({ id: 'PasswordReset' });

export const requestPasswordReset = endpoint({
  method: 'POST',
  path: '/v1/password-resets',
  tag: 'passwordResets',
  summary: 'I forgot my password',
  description: 'Always answers the same, whether or not the address has an account.',
  access: ['anyone'],
  body: z.strictObject({ email }).meta({ id: 'RequestPasswordReset' }),
  status: 202,
  problems: [],
});

export const startPasswordReset = endpoint({
  method: 'POST',
  path: '/v1/password-resets/current',
  tag: 'passwordResets',
  summary: 'Continue from the emailed link',
  access: ['anyone'],
  body: linkBody,
  status: 201,
  output: passwordResetSchema,
  problems: ['link-unusable'],
});

export const getPasswordReset = endpoint({
  method: 'GET',
  path: '/v1/password-resets/current',
  tag: 'passwordResets',
  summary: 'Where the reset stands',
  access: ['passwordReset'],
  status: 200,
  output: passwordResetSchema,
  problems: [],
});

export const sendPasswordResetCode = endpoint({
  method: 'POST',
  path: '/v1/password-resets/current/verification',
  tag: 'passwordResets',
  summary: 'Send or re-send the secret code',
  access: ['passwordReset'],
  body: sendCodeBody,
  status: 202,
  output: verificationSchema,
  problems: ['state-conflict', 'phone-refused', 'too-many-tries', 'too-many-requests'],
});

export const submitPasswordResetCode = endpoint({
  method: 'POST',
  path: '/v1/password-resets/current/verification/attempts',
  tag: 'passwordResets',
  summary: 'Submit the secret code',
  access: ['passwordReset'],
  body: submitCodeBody,
  status: 200,
  output: passwordResetSchema,
  problems: ['code-wrong', 'too-many-tries', 'state-conflict'],
});

export const setNewPassword = endpoint({
  method: 'PUT',
  path: '/v1/password-resets/current/password',
  tag: 'passwordResets',
  summary: 'Set the new password',
  description: 'Ends every session of the account; nobody is signed in by it.',
  access: ['passwordReset'],
  body: z.strictObject({ password: passwordText }).meta({ id: 'SetNewPassword' }),
  status: 204,
  problems: ['state-conflict', 'password-refused', 'unavailable'],
});

export type PasswordReset = z.infer<typeof passwordResetSchema>;
