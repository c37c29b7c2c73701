import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import {
  addPasskeyBody,
  passkeyCreationSchema,
  passkeyName,
  passkeyProof,
  passkeyRequestSchema,
  passkeySchema,
} from './passkeys.ts';
import { factorMethod, passwordText } from './people.ts';
import { authenticatorSetupSchema, recoveryCode, recoveryCodesSchema } from './factor-secrets.ts';
import { id, instant } from './scalars.ts';
import { deliveryMethodSchema, sendCodeBody, submitCodeBody, verificationSchema } from './verification.ts';

/**
 * Until when this session counts as freshly confirmed; null when it does not. Signing in confirms what it asked for.
 * Changes to the account need both; only changing the password, which asks for the present one, needs no fresh password.
 */
export const freshnessSchema = z
  .object({ passwordUntil: instant.nullable(), factorUntil: instant.nullable() })
  .meta({ id: 'Freshness' });

export const secondFactorsSchema = z
  .object({
    authenticator: z.object({ createdAt: instant, lastUsedAt: instant.nullable() }).nullable(),
    passkeys: z.array(passkeySchema),
    recoveryCodesLeft: z.int().nullable().describe('Null for patients, who have none.'),
    methods: z.array(factorMethod).describe('The ways in which this person can confirm again, best first.'),
    delivery: z
      .array(deliveryMethodSchema)
      .describe('Where the `phone` method can send a code; empty for clinicians.'),
    verification: verificationSchema
      .nullable()
      .describe('The code that is on its way to confirm this session again; null when there is none.'),
    freshness: freshnessSchema,
  })
  .meta({ id: 'SecondFactors' });

export const listSecondFactors = endpoint({
  method: 'GET',
  path: '/v1/me/second-factors',
  tag: 'me',
  summary: 'My second factors',
  access: ['clinician', 'patient'],
  status: 200,
  output: secondFactorsSchema,
  problems: [],
});

/** One second factor, proved once more. `phone` is the code of `sendReauthenticationCode`, for patients. */
export const factorProof = z
  .discriminatedUnion('method', [
    z.strictObject({ method: z.literal('authenticator'), code: submitCodeBody.shape.code }),
    z.strictObject({ method: z.literal('passkey'), credential: passkeyProof }),
    z.strictObject({ method: z.literal('recoveryCode'), code: recoveryCode }),
    z.strictObject({ method: z.literal('phone'), code: submitCodeBody.shape.code }),
  ])
  .meta({ id: 'FactorProof' });

export const reauthenticate = endpoint({
  method: 'POST',
  path: '/v1/me/reauthentication',
  tag: 'me',
  summary: 'Confirm that it is me',
  description:
    'Confirms the password, a second factor, or both, for five minutes: what `reauthentication-needed` names in `needs`. The session’s cookie is renewed.',
  access: ['clinician', 'patient'],
  body: z
    .strictObject({ password: passwordText.optional(), factor: factorProof.optional() })
    .refine(({ password, factor }) => password !== undefined || factor !== undefined, {
      error: 'Send the password, a second factor, or both',
    })
    .meta({ id: 'Reauthenticate' }),
  status: 200,
  output: freshnessSchema,
  problems: [
    'wrong-credentials',
    'code-wrong',
    'passkey-refused',
    'too-many-tries',
    'state-conflict',
    'unavailable',
  ],
});

export const askForReauthenticationPasskey = endpoint({
  method: 'POST',
  path: '/v1/me/reauthentication/passkey-challenge',
  tag: 'me',
  summary: 'What the browser needs to ask for a passkey again',
  access: ['clinician', 'patient'],
  status: 200,
  output: passkeyRequestSchema,
  problems: ['state-conflict'],
});

export const sendReauthenticationCode = endpoint({
  method: 'POST',
  path: '/v1/me/reauthentication/verification',
  tag: 'me',
  summary: 'Send or re-send a secret code to my present phone',
  access: ['patient'],
  body: sendCodeBody,
  status: 202,
  output: verificationSchema,
  problems: ['state-conflict', 'phone-refused', 'too-many-tries', 'too-many-requests'],
});

export const startAuthenticator = endpoint({
  method: 'POST',
  path: '/v1/me/second-factors/authenticator',
  tag: 'me',
  summary: 'A setup key for a new authenticator app',
  description: 'The present app keeps working until the new one has given its first code.',
  access: ['clinician', 'patient'],
  status: 200,
  output: authenticatorSetupSchema,
  problems: ['reauthentication-needed'],
});

export const confirmAuthenticator = endpoint({
  method: 'POST',
  path: '/v1/me/second-factors/authenticator/confirmation',
  tag: 'me',
  summary: 'Prove the new authenticator app by its first code',
  description: 'It takes the place of the one before. The owner of the account is told by email.',
  access: ['clinician', 'patient'],
  body: submitCodeBody,
  status: 200,
  output: secondFactorsSchema,
  problems: ['reauthentication-needed', 'code-wrong', 'too-many-tries', 'state-conflict'],
});

export const removeAuthenticator = endpoint({
  method: 'DELETE',
  path: '/v1/me/second-factors/authenticator',
  tag: 'me',
  summary: 'Remove my authenticator app',
  access: ['clinician', 'patient'],
  status: 204,
  problems: ['reauthentication-needed', 'last-factor'],
});

export const startPasskey = endpoint({
  method: 'POST',
  path: '/v1/me/second-factors/passkey-challenge',
  tag: 'me',
  summary: 'What the browser needs to make a passkey',
  access: ['clinician', 'patient'],
  status: 200,
  output: passkeyCreationSchema,
  problems: ['reauthentication-needed', 'state-conflict'],
});

export const addPasskey = endpoint({
  method: 'POST',
  path: '/v1/me/second-factors/passkeys',
  tag: 'me',
  summary: 'Keep a new passkey',
  description: 'The owner of the account is told by email.',
  access: ['clinician', 'patient'],
  body: addPasskeyBody,
  status: 201,
  output: passkeySchema,
  problems: ['reauthentication-needed', 'passkey-refused', 'state-conflict'],
});

const onPasskey = z.strictObject({ passkeyId: id });

export const renamePasskey = endpoint({
  method: 'PATCH',
  path: '/v1/me/second-factors/passkeys/{passkeyId}',
  tag: 'me',
  summary: 'Rename one of my passkeys',
  access: ['clinician', 'patient'],
  params: onPasskey,
  body: z.strictObject({ name: passkeyName }).meta({ id: 'RenamePasskey' }),
  status: 200,
  output: passkeySchema,
  problems: ['reauthentication-needed'],
});

export const removePasskey = endpoint({
  method: 'DELETE',
  path: '/v1/me/second-factors/passkeys/{passkeyId}',
  tag: 'me',
  summary: 'Remove one of my passkeys',
  description: 'The owner of the account is told by email.',
  access: ['clinician', 'patient'],
  params: onPasskey,
  status: 204,
  problems: ['reauthentication-needed', 'last-factor'],
});

export const renewRecoveryCodes = endpoint({
  method: 'POST',
  path: '/v1/me/second-factors/recovery-codes',
  tag: 'me',
  summary: 'New recovery codes',
  description: 'The ones before stop working. The owner of the account is told by email.',
  access: ['clinician'],
  status: 200,
  output: recoveryCodesSchema,
  problems: ['reauthentication-needed'],
});

export const resetSecondFactors = endpoint({
  method: 'DELETE',
  path: '/v1/clinicians/{clinicianId}/second-factors',
  tag: 'me',
  summary: 'Reset a colleague’s second factors',
  description:
    'For the practice’s administrator, when a colleague has lost them all. Ends the colleague’s sessions and tells them by email; at the next sign-in they set up a new second factor. For a person of another practice, and for oneself, the answer is `not-found`.',
  access: ['clinician'],
  params: z.strictObject({ clinicianId: id }),
  status: 204,
  problems: ['reauthentication-needed'],
});

export type SecondFactors = z.infer<typeof secondFactorsSchema>;
export type Freshness = z.infer<typeof freshnessSchema>;
export type FactorProof = z.infer<typeof factorProof>;
