import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { addPasskeyBody, passkeyCreationSchema, passkeyProofBody, passkeyRequestSchema } from './passkeys.ts';
import { sessionSchema, signInProgressSchema } from './people.ts';
import { authenticatorSetupSchema, recoveryCodeBody, recoveryCodes } from './factor-secrets.ts';
import { sendCodeBody, submitCodeBody, verificationSchema } from './verification.ts';

/** The session that begins once a clinician has set up the first second factor, and the codes for when it is lost. */
export const enrolledSessionSchema = z
  .object({ session: sessionSchema, recoveryCodes })
  .meta({ id: 'EnrolledSession' });

export const getSignIn = endpoint({
  method: 'GET',
  path: '/v1/sign-ins/current',
  tag: 'sessions',
  summary: 'Where the sign-in stands',
  description: 'After the right password, until the second factor is given. Ten minutes at most.',
  access: ['signIn'],
  status: 200,
  output: signInProgressSchema,
  problems: [],
});

export const cancelSignIn = endpoint({
  method: 'DELETE',
  path: '/v1/sign-ins/current',
  tag: 'sessions',
  summary: 'Go back to the password',
  access: ['signIn'],
  status: 204,
  problems: [],
});

export const submitSignInAuthenticatorCode = endpoint({
  method: 'POST',
  path: '/v1/sign-ins/current/authenticator-code',
  tag: 'sessions',
  summary: 'Sign in with the authenticator app’s code',
  description: 'Each code works once. Wrong codes are counted for the account; waits grow with them.',
  access: ['signIn'],
  body: submitCodeBody,
  status: 201,
  output: sessionSchema,
  problems: ['code-wrong', 'too-many-tries', 'state-conflict'],
});

export const submitSignInRecoveryCode = endpoint({
  method: 'POST',
  path: '/v1/sign-ins/current/recovery-code',
  tag: 'sessions',
  summary: 'Sign in with a recovery code',
  description: 'Each recovery code works once. The owner of the account is told by email.',
  access: ['signIn'],
  body: recoveryCodeBody,
  status: 201,
  output: sessionSchema,
  problems: ['code-wrong', 'too-many-tries', 'state-conflict'],
});

export const askForSignInPasskey = endpoint({
  method: 'POST',
  path: '/v1/sign-ins/current/passkey-challenge',
  tag: 'sessions',
  summary: 'What the browser needs to ask for a passkey',
  description: 'The challenge works once and ends the one before it.',
  access: ['signIn'],
  status: 200,
  output: passkeyRequestSchema,
  problems: ['state-conflict'],
});

export const submitSignInPasskey = endpoint({
  method: 'POST',
  path: '/v1/sign-ins/current/passkey',
  tag: 'sessions',
  summary: 'Sign in with a passkey',
  access: ['signIn'],
  body: passkeyProofBody,
  status: 201,
  output: sessionSchema,
  problems: ['passkey-refused', 'state-conflict'],
});

export const sendSignInCode = endpoint({
  method: 'POST',
  path: '/v1/sign-ins/current/verification',
  tag: 'sessions',
  summary: 'Send or re-send the secret code to the patient’s phone',
  description:
    'While a code lives, the same code is sent again. Inside the cool-down nothing is sent and `resendAt` says when.',
  access: ['signIn'],
  body: sendCodeBody,
  status: 202,
  output: verificationSchema,
  problems: ['state-conflict', 'phone-refused', 'too-many-tries', 'too-many-requests'],
});

export const submitSignInCode = endpoint({
  method: 'POST',
  path: '/v1/sign-ins/current/verification/attempts',
  tag: 'sessions',
  summary: 'Sign in with the secret code',
  access: ['signIn'],
  body: submitCodeBody,
  status: 201,
  output: sessionSchema,
  problems: ['code-wrong', 'too-many-tries', 'state-conflict'],
});

export const startSignInAuthenticator = endpoint({
  method: 'POST',
  path: '/v1/sign-ins/current/enrolment/authenticator',
  tag: 'sessions',
  summary: 'A setup key for an authenticator app',
  description:
    'Only while `step` is `enrolment`. Asking again within the sign-in gives the same key, so that going back and forth does no harm.',
  access: ['signIn'],
  status: 200,
  output: authenticatorSetupSchema,
  problems: ['state-conflict'],
});

export const confirmSignInAuthenticator = endpoint({
  method: 'POST',
  path: '/v1/sign-ins/current/enrolment/authenticator/confirmation',
  tag: 'sessions',
  summary: 'Prove the authenticator app by its first code, and be signed in',
  access: ['signIn'],
  body: submitCodeBody,
  status: 201,
  output: enrolledSessionSchema,
  problems: ['code-wrong', 'too-many-tries', 'state-conflict'],
});

export const startSignInPasskey = endpoint({
  method: 'POST',
  path: '/v1/sign-ins/current/enrolment/passkey-challenge',
  tag: 'sessions',
  summary: 'What the browser needs to make a passkey',
  description: 'Only while `step` is `enrolment`. The challenge works once and ends the one before it.',
  access: ['signIn'],
  status: 200,
  output: passkeyCreationSchema,
  problems: ['state-conflict'],
});

export const enrolSignInPasskey = endpoint({
  method: 'POST',
  path: '/v1/sign-ins/current/enrolment/passkey',
  tag: 'sessions',
  summary: 'Keep the new passkey, and be signed in',
  access: ['signIn'],
  body: addPasskeyBody,
  status: 201,
  output: enrolledSessionSchema,
  problems: ['passkey-refused', 'state-conflict'],
});

export type EnrolledSession = z.infer<typeof enrolledSessionSchema>;
