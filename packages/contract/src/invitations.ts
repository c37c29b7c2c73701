import * as z from 'zod';
import { caseParams } from './cases.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { email, id, instant, language, pageOf, phoneText, prose } from './scalars.ts';

export const invitationState = z.enum([
  'pending',
  'opened',
  'verified',
  'accepted',
  'expired',
  'revoked',
  'declined',
  'reported',
]);

export const mailDelivery = z.enum([
  'queued',
  'sent',
  'delivered',
  'deferred',
  'bounced',
  'failed',
  'blocked',
  'spam',
]);

/** An invitation as its own clinician sees it: never shown to another clinician, nor to the patient. */
export const invitationSchema = z
  .object({
    id,
    caseId: id,
    talkId: id,
    email: z.string(),
    mobile: z.string().nullable().describe('E.164'),
    landline: z.string().nullable().describe('E.164'),
    language,
    state: invitationState,
    delivery: mailDelivery,
    deliveryReason: z.string().nullable().describe('Why it did not arrive, in plain words.'),
    createdAt: instant,
    sentAt: instant.nullable(),
    deliveredAt: instant.nullable(),
    bouncedAt: instant.nullable(),
    openedAt: instant.nullable(),
    codeSentAt: instant.nullable(),
    codeFailedAt: instant.nullable(),
    codeFailure: z.string().nullable().describe('Why the latest code did not arrive.'),
    verifiedAt: instant.nullable(),
    termsAcceptedAt: instant.nullable(),
    registeredAt: instant.nullable(),
    firstReadAt: instant.nullable(),
    endedAt: instant.nullable(),
    expiresAt: instant,
    helpRequestedAt: instant.nullable().describe('When the invitee said that no code arrives.'),
    lastReminderAt: instant.nullable().describe('When the latest reminder of this link was sent.'),
    nextReminderAt: instant
      .nullable()
      .describe('When the invitee will be reminded if nothing happens before.'),
    remindersStoppedAt: instant.nullable().describe('When the invitee asked for no more reminders.'),
    codeTriesUsedUp: z.boolean(),
    assurance: z
      .enum(['clinic', 'invitee'])
      .nullable()
      .describe('Who gave the number that was verified; null until then.'),
    abilities: z.object({ resend: z.boolean(), correct: z.boolean(), revoke: z.boolean() }),
  })
  .meta({ id: 'Invitation' });

export const createInvitationBody = z
  .strictObject({
    email,
    mobile: phoneText.nullish(),
    landline: phoneText.nullish(),
    language: language.default('en'),
    firstMessage: prose(limits.firstMessageLength).default(''),
  })
  .meta({ id: 'CreateInvitation' });

export const invitationParams = z.strictObject({ invitationId: id });

export const createInvitation = endpoint({
  method: 'POST',
  path: '/v1/cases/{caseId}/invitations',
  tag: 'invitations',
  summary: 'Invite the patient',
  description:
    'One pending invitation per clinician and case: a second one answers `already-exists`. The answer never tells whether the address has an account.',
  access: ['clinician'],
  params: caseParams,
  body: createInvitationBody,
  status: 201,
  output: invitationSchema,
  problems: ['already-exists', 'phone-refused', 'too-many-requests', 'state-conflict'],
  idempotent: true,
});

export const listMyInvitations = endpoint({
  method: 'GET',
  path: '/v1/cases/{caseId}/invitations',
  tag: 'invitations',
  summary: 'My own invitations on a case, newest first',
  access: ['clinician'],
  params: caseParams,
  status: 200,
  output: pageOf(invitationSchema),
  problems: [],
});

export const getInvitation = endpoint({
  method: 'GET',
  path: '/v1/invitations/{invitationId}',
  tag: 'invitations',
  summary: 'One of my invitations',
  access: ['clinician'],
  params: invitationParams,
  status: 200,
  output: invitationSchema,
  problems: [],
});

export const resendInvitation = endpoint({
  method: 'POST',
  path: '/v1/invitations/{invitationId}/resend',
  tag: 'invitations',
  summary: 'Send the invitation again',
  description:
    'A new link goes out, the old one dies and the clock starts again. Works for expired ones too.',
  access: ['clinician'],
  params: invitationParams,
  status: 200,
  output: invitationSchema,
  problems: ['state-conflict', 'too-many-requests'],
});

export const correctInvitation = endpoint({
  method: 'PATCH',
  path: '/v1/invitations/{invitationId}',
  tag: 'invitations',
  summary: 'Correct the address or the numbers, and send again',
  access: ['clinician'],
  params: invitationParams,
  body: z
    .strictObject({
      email: email.optional(),
      mobile: phoneText.nullish(),
      landline: phoneText.nullish(),
      language: language.optional(),
    })
    .meta({ id: 'CorrectInvitation' }),
  status: 200,
  output: invitationSchema,
  problems: ['state-conflict', 'phone-refused', 'too-many-requests'],
});

export const revokeInvitation = endpoint({
  method: 'POST',
  path: '/v1/invitations/{invitationId}/revoke',
  tag: 'invitations',
  summary: 'Take the invitation back',
  access: ['clinician'],
  params: invitationParams,
  status: 200,
  output: invitationSchema,
  problems: ['state-conflict'],
});

/**
 * A further invitation, as the signed-in patient sees it: who invites, and nothing of the case. Whoever mistyped an address
 * tells its owner nothing.
 */
export const receivedInvitationSchema = z
  .object({
    id,
    clinicianName: z.string(),
    clinicianJobTitle: z.string(),
    practiceName: z.string(),
    practicePhone: z.string(),
    createdAt: instant,
    expiresAt: instant,
  })
  .meta({ id: 'ReceivedInvitation' });

export const listReceivedInvitations = endpoint({
  method: 'GET',
  path: '/v1/me/invitations',
  tag: 'invitations',
  summary: 'Invitations that wait for my answer',
  access: ['patient'],
  status: 200,
  output: pageOf(receivedInvitationSchema),
  problems: [],
});

export const acceptInvitation = endpoint({
  method: 'POST',
  path: '/v1/invitations/{invitationId}/accept',
  tag: 'invitations',
  summary: 'Accept: the talk stands in my inbox',
  access: ['patient'],
  params: invitationParams,
  status: 200,
  output: z.object({ talkId: id }).meta({ id: 'AcceptedInvitation' }),
  problems: ['state-conflict'],
});

export const declineInvitation = endpoint({
  method: 'POST',
  path: '/v1/invitations/{invitationId}/decline',
  tag: 'invitations',
  summary: 'Decline: the clinician is told',
  access: ['patient'],
  params: invitationParams,
  status: 204,
  problems: ['state-conflict'],
});

export type Invitation = z.infer<typeof invitationSchema>;
export type InvitationState = z.infer<typeof invitationState>;
export type MailDelivery = z.infer<typeof mailDelivery>;
export type ReceivedInvitation = z.infer<typeof receivedInvitationSchema>;
