import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { email, id, instant, language, line, pageOf, pageQuery, searchText } from './scalars.ts';
import { deliveryMethodSchema, verificationSchema } from './verification.ts';

export const clinicianRole = z.enum(['doctor', 'staff', 'caseManager', 'administrator']);

export const practiceSchema = z
  .object({
    id,
    name: z.string(),
    phone: z.string().describe('Shown to patients, as the practice writes it.'),
  })
  .meta({ id: 'Practice' });

export const clinicianSchema = z
  .object({
    id,
    name: z.string(),
    role: clinicianRole,
    jobTitle: z.string(),
    practice: practiceSchema,
  })
  .meta({ id: 'Clinician' });

export const clinicianMeSchema = z
  .object({
    kind: z.literal('clinician'),
    id,
    name: z.string(),
    email: z.string(),
    role: clinicianRole,
    jobTitle: z.string(),
    practice: practiceSchema,
    abilities: z.object({ createCase: z.boolean() }),
  })
  .meta({ id: 'ClinicianMe' });

export const patientMeSchema = z
  .object({
    kind: z.literal('patient'),
    id,
    name: z.string(),
    email: z.string(),
    phoneHint: z.string().describe('The last two digits of the verified number.'),
    language,
    termsDue: z.boolean().describe('True until the present version of the terms is accepted.'),
  })
  .meta({ id: 'PatientMe' });

export const meSchema = z.discriminatedUnion('kind', [clinicianMeSchema, patientMeSchema]).meta({ id: 'Me' });

export const passwordText = z.string().min(1, 'Enter a password').max(limits.passwordMaxBytes);

/** The requirements of a password, in the order in which they are shown. */
export const passwordRule = z.enum(['length', 'notCommon', 'notPersonal', 'notRepetitive']);

export const passwordCheckSchema = z
  .object({ items: z.array(z.object({ rule: passwordRule, met: z.boolean() })) })
  .meta({ id: 'PasswordCheck' });

export const getMe = endpoint({
  method: 'GET',
  path: '/v1/me',
  tag: 'me',
  summary: 'Who am I',
  access: ['clinician', 'patient'],
  status: 200,
  output: meSchema,
  problems: [],
});

export const updateMe = endpoint({
  method: 'PATCH',
  path: '/v1/me',
  tag: 'me',
  summary: 'Change my language',
  access: ['patient'],
  body: z.strictObject({ language }).meta({ id: 'UpdateMe' }),
  status: 200,
  output: meSchema,
  problems: [],
});

export const changePassword = endpoint({
  method: 'PUT',
  path: '/v1/me/password',
  tag: 'me',
  summary: 'Change my password',
  description:
    'Ends every other session of the account. Clinicians confirm a second factor within the five minutes before.',
  access: ['clinician', 'patient'],
  body: z
    .strictObject({ currentPassword: passwordText, newPassword: passwordText })
    .meta({ id: 'ChangePassword' }),
  status: 204,
  problems: [
    'reauthentication-needed',
    'wrong-credentials',
    'password-refused',
    'too-many-tries',
    'unavailable',
  ],
});

export const checkPassword = endpoint({
  method: 'POST',
  path: '/v1/password-checks',
  tag: 'me',
  summary: 'Which requirements does this password meet',
  description: 'Also used while someone types. The password is neither stored nor logged.',
  access: ['registration', 'passwordReset', 'clinician', 'patient'],
  body: z.strictObject({ password: z.string().max(limits.passwordMaxBytes) }).meta({ id: 'CheckPassword' }),
  status: 200,
  output: passwordCheckSchema,
  problems: [],
});

export const listClinicians = endpoint({
  method: 'GET',
  path: '/v1/clinicians',
  tag: 'cases',
  summary: 'Find doctors and staff to work on a case with',
  access: ['clinician'],
  query: pageQuery.extend({
    search: searchText.optional(),
    practice: z.enum(['own', 'other', 'any']).default('any'),
  }),
  status: 200,
  output: pageOf(clinicianSchema),
  problems: [],
});

export const sessionSchema = z
  .object({
    me: meSchema,
    sessionId: id,
    idleExpiresAt: instant.describe('When the session ends if nothing is asked of the API until then.'),
    expiresAt: instant.describe('When the session ends in any case.'),
  })
  .meta({ id: 'Session' });

/** How a second factor can be proved. `phone` is a secret code by text or call, for patients. */
export const factorMethod = z.enum(['passkey', 'authenticator', 'phone', 'recoveryCode']);

/** A sign-in whose password was right, and which waits for the second factor. Its cookie opens these steps alone. */
export const signInProgressSchema = z
  .object({
    step: z
      .enum(['secondFactor', 'enrolment'])
      .describe('`enrolment`: a clinician without a second factor sets one up now.'),
    methods: z.array(factorMethod).describe('What may be given, or, at `enrolment`, set up; best first.'),
    delivery: z
      .array(deliveryMethodSchema)
      .describe('Where the `phone` method can send a code, numbers masked; empty for clinicians.'),
    verification: verificationSchema
      .nullable()
      .describe('The live code of the `phone` method, if one was sent.'),
    expiresAt: instant.describe('When the sign-in starts again from the password.'),
  })
  .meta({ id: 'SignInProgress' });

export const sessionSummarySchema = z
  .object({
    id,
    current: z.boolean(),
    createdAt: instant,
    lastSeenAt: instant,
    device: z.string().describe('Browser and system, as the browser names them.'),
  })
  .meta({ id: 'SessionSummary' });

export const signIn = endpoint({
  method: 'POST',
  path: '/v1/sessions',
  tag: 'sessions',
  summary: 'Sign in',
  description:
    'The `casetalk-portal` header says whether a clinician or a patient signs in. 201: signed in, and the session’s cookie is set. 202: the password was right and a second factor is asked for; the cookie of the sign-in is set, and `/v1/sign-ins/current` takes it from there. Clinicians are asked every time, patients in a browser that is not known.',
  access: ['anyone'],
  body: z
    .strictObject({
      email: email,
      password: z.string().min(1, 'Enter your password').max(limits.passwordMaxBytes),
    })
    .meta({ id: 'SignIn' }),
  status: 201,
  output: sessionSchema,
  accepted: signInProgressSchema,
  problems: ['wrong-credentials', 'too-many-tries', 'unavailable'],
});

export const getSession = endpoint({
  method: 'GET',
  path: '/v1/sessions/current',
  tag: 'sessions',
  summary: 'The present session',
  description: 'Asking does not count as activity.',
  access: ['clinician', 'patient'],
  status: 200,
  output: sessionSchema,
  problems: [],
});

export const renewSession = endpoint({
  method: 'PUT',
  path: '/v1/sessions/current',
  tag: 'sessions',
  summary: 'Stay signed in',
  access: ['clinician', 'patient'],
  status: 200,
  output: sessionSchema,
  problems: [],
});

export const signOut = endpoint({
  method: 'DELETE',
  path: '/v1/sessions/current',
  tag: 'sessions',
  summary: 'Sign out',
  access: ['clinician', 'patient'],
  status: 204,
  problems: [],
});

export const listSessions = endpoint({
  method: 'GET',
  path: '/v1/sessions',
  tag: 'sessions',
  summary: 'Where I am signed in',
  access: ['clinician', 'patient'],
  status: 200,
  output: pageOf(sessionSummarySchema),
  problems: [],
});

export const endSession = endpoint({
  method: 'DELETE',
  path: '/v1/sessions/{sessionId}',
  tag: 'sessions',
  summary: 'Sign out one of my sessions',
  access: ['clinician', 'patient'],
  params: z.strictObject({ sessionId: id }),
  status: 204,
  problems: [],
});

export const personName = line(limits.nameLength, 'Enter a name');

export type Me = z.infer<typeof meSchema>;
export type ClinicianMe = z.infer<typeof clinicianMeSchema>;
export type PatientMe = z.infer<typeof patientMeSchema>;
export type Clinician = z.infer<typeof clinicianSchema>;
export type ClinicianRole = z.infer<typeof clinicianRole>;
export type Practice = z.infer<typeof practiceSchema>;
export type Session = z.infer<typeof sessionSchema>;
export type SignInProgress = z.infer<typeof signInProgressSchema>;
export type FactorMethod = z.infer<typeof factorMethod>;
export type SessionSummary = z.infer<typeof sessionSummarySchema>;
export type PasswordRule = z.infer<typeof passwordRule>;
