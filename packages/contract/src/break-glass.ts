import * as z from 'zod';
import { breakGlassStates } from './choices.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { id, instant, pageOf, pageQuery, prose } from './scalars.ts';
import { messageSchema } from './talks.ts';

export const breakGlassState = z.enum(breakGlassStates);

/** An administrator’s emergency access to one talk of a clinician of the same practice: to read, for a short time. */
export const breakGlassGrantSchema = z
  .object({
    id,
    caseId: id,
    talkId: id,
    administrator: z.object({
      id,
      name: z.string(),
      jobTitle: z.string(),
      practiceName: z.string(),
      me: z.boolean(),
    }),
    clinician: z.object({ id, name: z.string() }).describe('Whose talk it is.'),
    patientName: z
      .string()
      .nullable()
      .describe('For the talk’s two people, and for the administrator while the grant is live.'),
    reason: z.string().describe('In the administrator’s own words; the talk’s two people read it.'),
    state: breakGlassState,
    startedAt: instant,
    expiresAt: instant,
    endedAt: instant.nullable().describe('Set when somebody ended it before it expired.'),
    endedBy: z.string().nullable(),
    abilities: z.object({ read: z.boolean(), end: z.boolean() }),
  })
  .meta({ id: 'BreakGlassGrant' });

const grantParams = z.strictObject({ grantId: id });

export const startBreakGlassBody = z
  .strictObject({
    caseId: id,
    clinicianId: id.describe('The clinician of the own practice whose talk is meant.'),
    reason: prose(limits.breakGlassReasonLength)
      .trim()
      .min(
        limits.breakGlassReasonMinLength,
        `Say in at least ${limits.breakGlassReasonMinLength} characters why`,
      ),
    minutes: z
      .int()
      .min(limits.breakGlassMinMinutes, `Ask for at least ${limits.breakGlassMinMinutes} minutes`)
      .max(limits.breakGlassMaxMinutes, `Ask for at most ${limits.breakGlassMaxMinutes} minutes`)
      .default(limits.breakGlassMinutes),
  })
  .meta({ id: 'StartBreakGlass' });

export const startBreakGlass = endpoint({
  method: 'POST',
  path: '/v1/break-glass-grants',
  tag: 'breakGlass',
  summary: 'Open one talk in an emergency',
  description:
    'For administrators of a practice, who otherwise see no talk. The talk’s clinician and patient are told at once. Needs fresh proof of who asks. No such case, a clinician of another practice and no such talk are the same 404.',
  access: ['clinician'],
  body: startBreakGlassBody,
  status: 201,
  output: breakGlassGrantSchema,
  problems: ['reauthentication-needed'],
  idempotent: true,
});

export const listBreakGlassGrants = endpoint({
  method: 'GET',
  path: '/v1/break-glass-grants',
  tag: 'breakGlass',
  summary: 'My emergency accesses, and those of colleagues that are live, the latest first',
  access: ['clinician'],
  query: pageQuery,
  status: 200,
  output: pageOf(breakGlassGrantSchema),
  problems: [],
});

export const getBreakGlassGrant = endpoint({
  method: 'GET',
  path: '/v1/break-glass-grants/{grantId}',
  tag: 'breakGlass',
  summary: 'One emergency access',
  description: 'For its administrator, and for the practice’s other administrators while it is live.',
  access: ['clinician'],
  params: grantParams,
  status: 200,
  output: breakGlassGrantSchema,
  problems: [],
});

export const endBreakGlass = endpoint({
  method: 'DELETE',
  path: '/v1/break-glass-grants/{grantId}',
  tag: 'breakGlass',
  summary: 'End an emergency access before it expires',
  description:
    'By its administrator or another one of the practice. Ends reading at once, downloads under way included.',
  access: ['clinician'],
  params: grantParams,
  status: 204,
  problems: ['state-conflict'],
});

export const listBreakGlassMessages = endpoint({
  method: 'GET',
  path: '/v1/break-glass-grants/{grantId}/messages',
  tag: 'breakGlass',
  summary: 'The messages of the opened talk, newest first',
  description: 'While the grant is live. Marks nothing as read.',
  access: ['clinician'],
  params: grantParams,
  query: pageQuery,
  status: 200,
  output: pageOf(messageSchema),
  problems: [],
});

export const downloadBreakGlassAttachment = endpoint({
  method: 'GET',
  path: '/v1/break-glass-grants/{grantId}/attachments/{attachmentId}/content',
  tag: 'breakGlass',
  summary: 'The bytes of a file of the opened talk',
  description: 'While the grant is live: a download is cut off when it ends. Honours `Range`.',
  access: ['clinician'],
  params: z.strictObject({ grantId: id, attachmentId: id }),
  status: 200,
  problems: ['range-not-satisfiable', 'file-checking'],
  transfer: 'download',
});

export const previewBreakGlassAttachment = endpoint({
  method: 'GET',
  path: '/v1/break-glass-grants/{grantId}/attachments/{attachmentId}/preview',
  tag: 'breakGlass',
  summary: 'A picture that shows a file of the opened talk',
  description: 'As `previewAttachment`, while the grant is live.',
  access: ['clinician'],
  params: z.strictObject({ grantId: id, attachmentId: id }),
  status: 200,
  problems: ['range-not-satisfiable', 'file-checking', 'preview-not-ready'],
  transfer: 'download',
});

export const listTalkBreakGlassGrants = endpoint({
  method: 'GET',
  path: '/v1/talks/{talkId}/break-glass-grants',
  tag: 'breakGlass',
  summary: 'Emergency accesses to this talk, the latest first',
  description: 'For the talk’s two people alone.',
  access: ['clinician', 'patient'],
  params: z.strictObject({ talkId: id }),
  query: pageQuery,
  status: 200,
  output: pageOf(breakGlassGrantSchema),
  problems: [],
});

export type BreakGlassGrant = z.infer<typeof breakGlassGrantSchema>;
export type BreakGlassState = z.infer<typeof breakGlassState>;
