import * as z from 'zod';
import { caseParams } from './cases.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { id, instant, prose } from './scalars.ts';

/** What somebody has begun to write in one talk. Its files are the person's uploads of that talk that are not sent. */
export const draftSchema = z
  .object({
    text: z.string().describe('Empty when nothing is begun.'),
    version: z.int().describe('Grows with every change; 0 when there never was a draft.'),
    savedAt: instant.nullable(),
  })
  .meta({ id: 'Draft' });

/** Which draft a message was written from: that one goes with it, and a newer one of another device stays. */
export const draftMark = z
  .strictObject({
    version: z.int().min(0).describe('The version that was last seen.'),
    writer: z.uuid().describe('The composer that wrote it, as its saves said.'),
  })
  .meta({ id: 'DraftMark' });

export const saveDraftBody = z
  .strictObject({
    text: prose(limits.draftLength).describe('Empty text clears the draft.'),
    writer: z
      .uuid()
      .describe('Names the composer: its next save counts also when the answer to this one is lost.'),
  })
  .meta({ id: 'SaveDraft' });

const talkParams = z.strictObject({ talkId: id });

const saving =
  'With the version that was last seen as If-Match: when another device has written meanwhile, nothing is changed.';

export const getTalkDraft = endpoint({
  method: 'GET',
  path: '/v1/talks/{talkId}/draft',
  tag: 'drafts',
  summary: 'What I have begun to write in a talk',
  access: ['clinician', 'patient'],
  params: talkParams,
  status: 200,
  output: draftSchema,
  problems: [],
});

export const saveTalkDraft = endpoint({
  method: 'PUT',
  path: '/v1/talks/{talkId}/draft',
  tag: 'drafts',
  summary: 'Keep what I have begun to write in a talk',
  description: saving,
  access: ['clinician', 'patient'],
  params: talkParams,
  body: saveDraftBody,
  status: 200,
  output: draftSchema,
  problems: ['version-conflict'],
});

export const discardTalkDraft = endpoint({
  method: 'DELETE',
  path: '/v1/talks/{talkId}/draft',
  tag: 'drafts',
  summary: 'Throw away what I have begun to write in a talk',
  description: 'The words, whichever device wrote them. Files are removed one by one.',
  access: ['clinician', 'patient'],
  params: talkParams,
  status: 204,
  problems: [],
});

export const getDoctorTalkDraft = endpoint({
  method: 'GET',
  path: '/v1/cases/{caseId}/doctor-talk/draft',
  tag: 'drafts',
  summary: 'What I have begun to write in the doctor talk',
  access: ['clinician'],
  params: caseParams,
  status: 200,
  output: draftSchema,
  problems: [],
});

export const saveDoctorTalkDraft = endpoint({
  method: 'PUT',
  path: '/v1/cases/{caseId}/doctor-talk/draft',
  tag: 'drafts',
  summary: 'Keep what I have begun to write in the doctor talk',
  description: saving,
  access: ['clinician'],
  params: caseParams,
  body: saveDraftBody,
  status: 200,
  output: draftSchema,
  problems: ['version-conflict'],
});

export const discardDoctorTalkDraft = endpoint({
  method: 'DELETE',
  path: '/v1/cases/{caseId}/doctor-talk/draft',
  tag: 'drafts',
  summary: 'Throw away what I have begun to write in the doctor talk',
  access: ['clinician'],
  params: caseParams,
  status: 204,
  problems: [],
});

export const draftPlaceSchema = z
  .object({
    talkId: id.nullable().describe('Null for the doctor talk of the case.'),
    caseId: id,
    savedAt: instant,
  })
  .meta({ id: 'DraftPlace' });

export const listDrafts = endpoint({
  method: 'GET',
  path: '/v1/drafts',
  tag: 'drafts',
  summary: 'Where I have begun to write',
  description: 'The places alone, at most the 200 newest, of words and files that are not sent yet.',
  access: ['clinician', 'patient'],
  status: 200,
  output: z.object({ data: z.array(draftPlaceSchema) }).meta({ id: 'DraftPlaces' }),
  problems: [],
});

export type Draft = z.infer<typeof draftSchema>;
export type DraftMark = z.infer<typeof draftMark>;
export type DraftPlace = z.infer<typeof draftPlaceSchema>;
