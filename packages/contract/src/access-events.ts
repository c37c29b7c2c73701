import * as z from 'zod';
import { accessActs } from './choices.ts';
import { endpoint } from './endpoint.ts';
import { id, instant, pageOf, pageQuery } from './scalars.ts';

export const accessAct = z.enum(accessActs);

/** Who saw or passed on something of a talk, what of it, and when. */
export const accessEventSchema = z
  .object({
    id,
    act: accessAct.describe(
      '`opened`: the talk or messages of it; `downloaded`, `shared`, `sharingStopped`: a file; `breakGlassStarted`, `breakGlassEnded`: an administrator’s emergency access.',
    ),
    at: instant.describe('When; of several the last.'),
    firstAt: instant.describe('Of several the first; otherwise the same as `at`.'),
    times: z
      .int()
      .describe(
        'How often: the same person opening the same talk, or downloading the same file, again within one hour of the clock (UTC) is one entry.',
      ),
    via: z
      .enum(['talk', 'case', 'breakGlass'])
      .describe(
        'By what right: as one of the talk’s two people, as someone on the case to whom the file is shared, or by emergency access.',
      ),
    by: z.object({
      kind: z.enum(['clinician', 'patient']),
      id,
      name: z.string(),
      jobTitle: z.string().nullable().describe('Null for the patient.'),
      practiceName: z.string().nullable().describe('Null for the patient.'),
      me: z.boolean(),
    }),
    talk: z.object({ id, caseId: id, caseTitle: z.string(), clinicianName: z.string() }),
    file: z
      .object({ attachmentId: id, name: z.string() })
      .nullable()
      .describe('Null where it is about no file.'),
    grantId: id.nullable().describe('The emergency access that it happened by.'),
  })
  .meta({ id: 'AccessEvent' });

export const listTalkAccessEvents = endpoint({
  method: 'GET',
  path: '/v1/talks/{talkId}/access-events',
  tag: 'access',
  summary: 'Who has seen this talk, the latest first',
  description: 'For the talk’s two people alone: who opened, downloaded, shared and stopped sharing what.',
  access: ['clinician', 'patient'],
  params: z.strictObject({ talkId: id }),
  query: pageQuery,
  status: 200,
  output: pageOf(accessEventSchema),
  problems: [],
});

export const listAccessEvents = endpoint({
  method: 'GET',
  path: '/v1/access-events',
  tag: 'access',
  summary: 'Who has seen my talks, the latest first',
  description: 'The same over all the talks of a patient.',
  access: ['patient'],
  query: pageQuery,
  status: 200,
  output: pageOf(accessEventSchema),
  problems: [],
});

export type AccessAct = z.infer<typeof accessAct>;
export type AccessEvent = z.infer<typeof accessEventSchema>;
