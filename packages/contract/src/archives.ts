import * as z from 'zod';
import { caseParams } from './cases.ts';
import { endpoint } from './endpoint.ts';
import { id } from './scalars.ts';

/** All files of a talk or a case in one zip: what would be in it. */
export const archiveSchema = z
  .object({
    files: z.int().describe('How many files the zip holds.'),
    size: z.int().describe('Their bytes together.'),
    leftOut: z
      .int()
      .describe('How many files are not in it, since they are still being checked or contain a virus.'),
  })
  .meta({ id: 'Archive' });

const talkParams = z.strictObject({ talkId: id });
const archiveQuery = z.strictObject({
  language: z.enum(['en', 'es']).default('en').describe('Of the zip’s name, and of the note in it.'),
});
const archiveDescription =
  'A zip that is made while it is read: without compression, with Zip64 where it is needed, its length known beforehand. Each file is decided about and recorded when its turn comes; when access ends on the way, the connection is cut. Files that are still being checked or contain a virus are named in a note instead. No ranges.';

export const getTalkArchive = endpoint({
  method: 'GET',
  path: '/v1/talks/{talkId}/archive',
  tag: 'attachments',
  summary: 'What a zip of all files of a talk would hold',
  access: ['clinician', 'patient'],
  params: talkParams,
  status: 200,
  output: archiveSchema,
  problems: [],
});

export const downloadTalkArchive = endpoint({
  method: 'GET',
  path: '/v1/talks/{talkId}/archive/content',
  tag: 'attachments',
  summary: 'Download all: every file that was sent in a talk',
  description: archiveDescription,
  access: ['clinician', 'patient'],
  params: talkParams,
  query: archiveQuery,
  status: 200,
  problems: ['state-conflict'],
  transfer: 'download',
});

export const getCaseArchive = endpoint({
  method: 'GET',
  path: '/v1/cases/{caseId}/archive',
  tag: 'attachments',
  summary: 'What a zip of all Attachments of a case would hold',
  access: ['clinician'],
  params: caseParams,
  status: 200,
  output: archiveSchema,
  problems: [],
});

export const downloadCaseArchive = endpoint({
  method: 'GET',
  path: '/v1/cases/{caseId}/archive/content',
  tag: 'attachments',
  summary: 'Download all: every file that everyone on the case can see',
  description: archiveDescription,
  access: ['clinician'],
  params: caseParams,
  query: archiveQuery,
  status: 200,
  problems: ['state-conflict'],
  transfer: 'download',
});

export type Archive = z.infer<typeof archiveSchema>;
