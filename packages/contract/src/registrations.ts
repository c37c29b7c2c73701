import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { passwordText } from './people.ts';
import { instant, language, linkToken, phoneText } from './scalars.ts';
import {
  deliveryMethodSchema,
  phoneKind,
  sendCodeBody,
  submitCodeBody,
  verificationSchema,
} from './verification.ts';

/** What a link may say before any proof: the practice to call, and nothing about the patient or the case. */
export const linkPracticeSchema = z
  .object({ name: z.string(), phone: z.string() })
  .meta({ id: 'LinkPractice' });

export const linkBody = z.strictObject({ token: linkToken }).meta({ id: 'Link' });

export const invitationLinkSchema = z
  .object({
    status: z.enum(['usable', 'expired', 'revoked', 'used', 'unknown']),
    practice: linkPracticeSchema.nullable(),
    language,
    expiresAt: instant.nullable(),
  })
  .meta({ id: 'InvitationLink' });

export const lookUpInvitationLink = endpoint({
  method: 'POST',
  path: '/v1/invitation-links/look-up',
  tag: 'registrations',
  summary: 'What an emailed link is good for',
  description: 'Changes nothing: mail scanners and previews may ask as often as they like.',
  access: ['anyone'],
  body: linkBody,
  status: 200,
  output: invitationLinkSchema,
  problems: [],
});

export const renewInvitationLink = endpoint({
  method: 'POST',
  path: '/v1/invitation-links/renew',
  tag: 'registrations',
  summary: 'Email me a new link',
  description: 'Goes to the invited address alone and always answers the same.',
  access: ['anyone'],
  body: linkBody,
  status: 202,
  problems: [],
});

export const reportInvitationLink = endpoint({
  method: 'POST',
  path: '/v1/invitation-links/report',
  tag: 'registrations',
  summary: 'I am not this person',
  description: 'Ends the invitation at once and tells the clinician.',
  access: ['anyone'],
  body: linkBody,
  status: 204,
  problems: [],
});

export const registrationSchema = z
  .object({
    step: z.enum(['method', 'code', 'terms', 'password', 'done']),
    practice: linkPracticeSchema,
    language,
    methods: z.array(deliveryMethodSchema),
    phoneNeeded: z.boolean().describe('True while the clinic gave no number: the person enters one.'),
    phoneMayChange: z.boolean().describe('True when the person entered the number and may enter another.'),
    verification: verificationSchema.nullable(),
    expiresAt: instant,
  })
  .meta({ id: 'Registration' });

export const startedRegistrationSchema = z
  .object({
    next: z.enum(['register', 'signIn']).describe('`signIn`: the address has an account already.'),
    registration: registrationSchema.nullable(),
  })
  .meta({ id: 'StartedRegistration' });

export const startRegistration = endpoint({
  method: 'POST',
  path: '/v1/registrations',
  tag: 'registrations',
  summary: 'Continue from the emailed link',
  description: 'Starts this browser’s registration flow, or takes up one that was begun elsewhere.',
  access: ['anyone'],
  body: linkBody,
  status: 201,
  output: startedRegistrationSchema,
  problems: ['link-unusable', 'someone-else-signed-in'],
});

export const getRegistration = endpoint({
  method: 'GET',
  path: '/v1/registrations/current',
  tag: 'registrations',
  summary: 'Where the registration stands',
  access: ['registration'],
  status: 200,
  output: registrationSchema,
  problems: [],
});

export const enterRegistrationPhone = endpoint({
  method: 'PUT',
  path: '/v1/registrations/current/phone',
  tag: 'registrations',
  summary: 'Enter the number for the code',
  description:
    'Only while the clinic gave none; the clinician sees that the number was typed by the invitee.',
  access: ['registration'],
  body: z.strictObject({ phone: phoneText, kind: phoneKind }).meta({ id: 'EnterPhone' }),
  status: 200,
  output: registrationSchema,
  problems: ['state-conflict', 'phone-refused'],
});

export const sendRegistrationCode = endpoint({
  method: 'POST',
  path: '/v1/registrations/current/verification',
  tag: 'registrations',
  summary: 'Send or re-send the secret code',
  description:
    'While a code lives, the same code is sent again. Inside the cool-down nothing is sent and `resendAt` says when.',
  access: ['registration'],
  body: sendCodeBody,
  status: 202,
  output: verificationSchema,
  problems: ['state-conflict', 'phone-refused', 'too-many-tries', 'too-many-requests'],
});

export const submitRegistrationCode = endpoint({
  method: 'POST',
  path: '/v1/registrations/current/verification/attempts',
  tag: 'registrations',
  summary: 'Submit the secret code',
  access: ['registration'],
  body: submitCodeBody,
  status: 200,
  output: registrationSchema,
  problems: ['code-wrong', 'too-many-tries', 'state-conflict'],
});

export const askForRegistrationHelp = endpoint({
  method: 'POST',
  path: '/v1/registrations/current/help-requests',
  tag: 'registrations',
  summary: 'I cannot get a code',
  description: 'Tells the clinician, once, that the invitee needs help.',
  access: ['registration'],
  status: 202,
  problems: [],
});

export const termsSchema = z
  .object({
    version: z.string(),
    language,
    publishedOn: z.iso.date(),
    hash: z.string().describe('SHA-256 of the text in this language, hexadecimal.'),
    title: z.string(),
    summary: z.string(),
    sections: z.array(z.object({ heading: z.string(), paragraphs: z.array(z.string()) })),
  })
  .meta({ id: 'Terms' });

export const getTerms = endpoint({
  method: 'GET',
  path: '/v1/terms',
  tag: 'registrations',
  summary: 'The present terms of use',
  access: ['anyone'],
  query: z.strictObject({ language: language.default('en') }),
  status: 200,
  output: termsSchema,
  problems: [],
});

export const acceptTermsBody = z
  .strictObject({ version: z.string().max(32), language })
  .meta({ id: 'AcceptTerms' });

export const acceptRegistrationTerms = endpoint({
  method: 'POST',
  path: '/v1/registrations/current/terms-acceptance',
  tag: 'registrations',
  summary: 'I accept the terms of use',
  access: ['registration'],
  body: acceptTermsBody,
  status: 200,
  output: registrationSchema,
  problems: ['state-conflict'],
});

export const declineRegistration = endpoint({
  method: 'POST',
  path: '/v1/registrations/current/decline',
  tag: 'registrations',
  summary: 'I do not accept',
  description: 'Ends the invitation and tells the clinician.',
  access: ['registration'],
  status: 204,
  problems: ['state-conflict'],
});

export const setRegistrationPassword = endpoint({
  method: 'PUT',
  path: '/v1/registrations/current/password',
  tag: 'registrations',
  summary: 'Set the password: the account is made and the talk stands in the inbox',
  access: ['registration'],
  body: z.strictObject({ password: passwordText }).meta({ id: 'SetPassword' }),
  status: 200,
  output: z.object({ email: z.string() }).meta({ id: 'RegisteredAccount' }),
  problems: ['state-conflict', 'password-refused', 'already-exists', 'unavailable'],
});

export const acceptTermsAgain = endpoint({
  method: 'POST',
  path: '/v1/me/terms-acceptance',
  tag: 'me',
  summary: 'I accept the new terms of use',
  access: ['patient'],
  body: acceptTermsBody,
  status: 204,
  problems: ['state-conflict'],
});

export type Registration = z.infer<typeof registrationSchema>;
export type InvitationLink = z.infer<typeof invitationLinkSchema>;
export type Terms = z.infer<typeof termsSchema>;
