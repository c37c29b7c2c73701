import * as z from 'zod';
import { attachmentSchema, caseAttachmentSchema, uploadProblems } from './attachments.ts';
import { caseParams } from './cases.ts';
import { endpoint } from './endpoint.ts';
import { id, instant, pageOf, pageQuery } from './scalars.ts';

/** A file on its way, in as many requests as it takes. */
export const resumableUploadSchema = z
  .object({
    id,
    name: z.string(),
    size: z.int().describe('Bytes of the whole file.'),
    fingerprint: z
      .string()
      .nullable()
      .describe(
        'What its sender gave in `Upload-Metadata` to know the file again by, so that no other one of the same name and size is put to it; null when nothing was given.',
      ),
    offset: z.int().describe('Bytes that are safely here; the next ones begin there.'),
    expiresAt: instant.describe('An upload that is not finished by then is forgotten.'),
    attachment: attachmentSchema
      .nullable()
      .describe('The file, once all of it is here, when it was sent to a talk.'),
    caseAttachment: caseAttachmentSchema
      .nullable()
      .describe('The file, once all of it is here, when it was sent to a case.'),
  })
  .meta({ id: 'ResumableUpload' });

const uploadParams = z.strictObject({ resumableUploadId: id });

const protocol =
  'Speaks tus 1.0.0 with its extensions creation, termination and expiration: use any tus client, or these headers.';

export const createTalkResumableUpload = endpoint({
  method: 'POST',
  path: '/v1/talks/{talkId}/resumable-uploads',
  tag: 'attachments',
  summary: 'Begin an upload to a talk that can be resumed',
  description: `${protocol} For large files and weak connections. Room for the whole file is set aside at once.`,
  access: ['clinician', 'patient'],
  params: z.strictObject({ talkId: id }),
  status: 201,
  output: resumableUploadSchema,
  problems: [...uploadProblems, 'protocol-version', 'idempotency-key-reused'],
  idempotent: true,
  tus: 'creation',
});

export const createCaseResumableUpload = endpoint({
  method: 'POST',
  path: '/v1/cases/{caseId}/resumable-uploads',
  tag: 'attachments',
  summary: 'Begin an upload to a case that can be resumed',
  description: `${protocol} For large files and weak connections. Room for the whole file is set aside at once.`,
  access: ['clinician'],
  params: caseParams,
  status: 201,
  output: resumableUploadSchema,
  problems: [...uploadProblems, 'protocol-version', 'idempotency-key-reused'],
  idempotent: true,
  tus: 'creation',
});

export const listTalkResumableUploads = endpoint({
  method: 'GET',
  path: '/v1/talks/{talkId}/resumable-uploads',
  tag: 'attachments',
  summary: 'My uploads to a talk that are not finished',
  description:
    'Oldest first: what a reload, a crash or another device left behind. Each goes on at its `offset` with the same file, or is given up; until then it holds room.',
  access: ['clinician', 'patient'],
  params: z.strictObject({ talkId: id }),
  query: pageQuery,
  status: 200,
  output: pageOf(resumableUploadSchema),
  problems: [],
});

export const listCaseResumableUploads = endpoint({
  method: 'GET',
  path: '/v1/cases/{caseId}/resumable-uploads',
  tag: 'attachments',
  summary: 'My uploads to a case that are not finished',
  description:
    'Oldest first, the caller’s own alone. Each goes on at its `offset` with the same file, or is given up; until then it holds room.',
  access: ['clinician'],
  params: caseParams,
  query: pageQuery,
  status: 200,
  output: pageOf(resumableUploadSchema),
  problems: [],
});

export const getResumableUpload = endpoint({
  method: 'GET',
  path: '/v1/resumable-uploads/{resumableUploadId}',
  tag: 'attachments',
  summary: 'How far an upload of mine is, and what became of it',
  description: `${protocol} \`HEAD\` answers the same headers without a body.`,
  access: ['clinician', 'patient'],
  params: uploadParams,
  status: 200,
  output: resumableUploadSchema,
  problems: [],
  tus: 'state',
});

export const appendResumableUpload = endpoint({
  method: 'PATCH',
  path: '/v1/resumable-uploads/{resumableUploadId}',
  tag: 'attachments',
  summary: 'Send the next bytes of an upload',
  description: `${protocol} Bytes that were acknowledged survive any crash. With the last of them the file is put together, its type is found from its content, and it stands where it was sent to.`,
  access: ['clinician', 'patient'],
  params: uploadParams,
  status: 204,
  problems: [...uploadProblems, 'protocol-version'],
  transfer: 'append',
  tus: 'append',
});

export const removeResumableUpload = endpoint({
  method: 'DELETE',
  path: '/v1/resumable-uploads/{resumableUploadId}',
  tag: 'attachments',
  summary: 'Give up an upload that is not finished',
  description: `${protocol} What has arrived is removed.`,
  access: ['clinician', 'patient'],
  params: uploadParams,
  status: 204,
  problems: ['state-conflict'],
});

export type ResumableUpload = z.infer<typeof resumableUploadSchema>;
