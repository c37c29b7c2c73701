import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { id } from './scalars.ts';

/**
 * What changed, by ids alone: whoever hears it asks the API again and so sees only what she may.
 * A client that reconnects asks again for everything on screen, so a lost event loses nothing.
 */
export const eventSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('talk.message'), talkId: id, caseId: id, messageId: id }),
    z.object({ type: z.literal('talk.read'), talkId: id, caseId: id }),
    z
      .object({ type: z.literal('talk.changed'), talkId: id, caseId: id })
      .describe('Joined, or a file shared or no longer shared.'),
    z.object({ type: z.literal('invitation.changed'), invitationId: id, caseId: id }),
    z
      .object({ type: z.literal('invitation.received') })
      .describe('For the patient: a further invitation waits, or is gone.'),
    z.object({ type: z.literal('case.changed'), caseId: id }).describe('The case itself or who works on it.'),
    z.object({ type: z.literal('caseAttachment.changed'), caseId: id }),
    z.object({ type: z.literal('doctorTalk.message'), caseId: id }),
    z.object({ type: z.literal('doctorTalk.read'), caseId: id }),
    z
      .object({ type: z.literal('draft.changed'), talkId: id.nullable(), caseId: id })
      .describe('My own draft, here or on another device; `talkId` is null in the doctor talk of the case.'),
    z
      .object({ type: z.literal('breakGlass.changed'), grantId: id, talkId: id, caseId: id })
      .describe(
        'An administrator’s emergency access to a talk began or was ended; that it expires is known before.',
      ),
    z.object({ type: z.literal('task.changed') }).describe('For the clinician: a task began, or is done.'),
    z.object({ type: z.literal('session.ended') }),
  ])
  .meta({ id: 'Event' });

export const streamEvents = endpoint({
  method: 'GET',
  path: '/v1/events',
  tag: 'events',
  summary: 'What changes, as it changes',
  description:
    'A stream of server-sent events; each `data` is one Event in JSON. A comment every 25 s keeps it open.',
  access: ['clinician', 'patient'],
  status: 200,
  output: eventSchema,
  problems: [],
  transfer: 'events',
});

export type Event = z.infer<typeof eventSchema>;
