import * as z from 'zod';
import { caseParams } from './cases.ts';
import { fileKinds, previewStates } from './choices.ts';
import { endpoint } from './endpoint.ts';
import { id, instant, pageOf, pageQuery } from './scalars.ts';

export const fileKind = z.enum(fileKinds);

export const scanState = z.enum(['notScanned', 'checking', 'clean', 'infected']);

export const previewState = z.enum(previewStates);

const preview = previewState.describe(
  '`making`: a picture that shows the file is on its way; `none`: there is none, and none will come.',
);
const pages = z
  .int()
  .nullable()
  .describe('How many pages or frames the file has, once its preview is made; the preview shows the first.');

/** A file sent, or about to be sent, in a patient talk. */
export const attachmentSchema = z
  .object({
    id,
    talkId: id,
    messageId: id.nullable().describe('Null until it is sent with a message.'),
    name: z.string(),
    mediaType: z.string().describe('Found from the content, not from what the sender claimed.'),
    kind: fileKind,
    size: z.int(),
    sha256: z.string(),
    scan: scanState,
    preview,
    pages,
    sentBy: z.enum(['clinician', 'patient']),
    createdAt: instant,
    share: z
      .object({ caseAttachmentId: id, sharedAt: instant, sharedBy: z.string() })
      .nullable()
      .describe('Set while everyone on the case can see the file.'),
    abilities: z.object({ share: z.boolean(), stopSharing: z.boolean(), remove: z.boolean() }),
  })
  .meta({ id: 'Attachment' });

/** A file that all members of the case can see. */
export const caseAttachmentSchema = z
  .object({
    id,
    caseId: id,
    name: z.string(),
    mediaType: z.string(),
    kind: fileKind,
    size: z.int(),
    scan: scanState,
    preview,
    pages,
    addedBy: clinicianNameSchema(),
    addedAt: instant,
    origin: z
      .enum(['upload', 'patientTalk'])
      .describe('`patientTalk`: the patient sent it and a clinician shared it.'),
    withoutMetadata: z
      .boolean()
      .describe(
        'A picture shared out of a talk without place, time, device and all else that stands beside what it shows. The talk keeps it as it was sent.',
      ),
    abilities: z.object({ remove: z.boolean() }),
  })
  .meta({ id: 'CaseAttachment' });

function clinicianNameSchema() {
  return z.object({ id, name: z.string() });
}

const attachmentParams = z.strictObject({ attachmentId: id });
const caseAttachmentParams = z.strictObject({ caseAttachmentId: id });
const talkParams = z.strictObject({ talkId: id });

export const uploadProblems = [
  'too-large',
  'unsupported-media-type',
  'file-type-refused',
  'file-empty',
  'too-many-files',
  'quota-reached',
  'storage-full',
  'state-conflict',
] as const;

export const uploadTalkFile = endpoint({
  method: 'POST',
  path: '/v1/talks/{talkId}/uploads',
  tag: 'attachments',
  summary: 'Upload a file to be sent in a talk',
  description:
    'A multipart body with one part, `file`. The file is held for its sender until a message sends it or it is removed.',
  access: ['clinician', 'patient'],
  params: talkParams,
  status: 201,
  output: attachmentSchema,
  problems: uploadProblems,
  idempotent: true,
  transfer: 'upload',
});

export const listTalkUploads = endpoint({
  method: 'GET',
  path: '/v1/talks/{talkId}/uploads',
  tag: 'attachments',
  summary: 'My files of a talk that are not sent yet',
  access: ['clinician', 'patient'],
  params: talkParams,
  status: 200,
  output: pageOf(attachmentSchema),
  problems: [],
});

export const removeTalkUpload = endpoint({
  method: 'DELETE',
  path: '/v1/attachments/{attachmentId}',
  tag: 'attachments',
  summary: 'Remove a file that is not sent yet',
  access: ['clinician', 'patient'],
  params: attachmentParams,
  status: 204,
  problems: ['state-conflict'],
});

export const downloadAttachment = endpoint({
  method: 'GET',
  path: '/v1/attachments/{attachmentId}/content',
  tag: 'attachments',
  summary: 'The bytes of a talk’s file',
  description: 'Honours `Range` (RFC 9110, one range).',
  access: ['clinician', 'patient'],
  params: attachmentParams,
  status: 200,
  problems: ['range-not-satisfiable', 'file-checking'],
  transfer: 'download',
});

export const previewAttachment = endpoint({
  method: 'GET',
  path: '/v1/attachments/{attachmentId}/preview',
  tag: 'attachments',
  summary: 'A picture that shows a talk’s file',
  description:
    'WebP, upright, at most 1,600 pixels a side, without metadata: of a picture, or of the first page. There is one when `preview` says `ready`; reading it counts as reading the file.',
  access: ['clinician', 'patient'],
  params: attachmentParams,
  status: 200,
  problems: ['range-not-satisfiable', 'file-checking', 'preview-not-ready'],
  transfer: 'download',
});

export const shareAttachment = endpoint({
  method: 'POST',
  path: '/v1/attachments/{attachmentId}/share',
  tag: 'attachments',
  summary: 'Share File: everyone on the case can see it from now on',
  description:
    'Only for files that the patient sent, by the clinician of that talk. Pressed twice, it shares once. Of a picture (JPEG, PNG, GIF, WebP, TIFF, HEIC) a copy is shared that has no metadata: no place, time or device; what it shows is the same, bit by bit. A picture that is damaged, so that its metadata cannot be told from the rest, is not shared. Files of other types are shared as they are.',
  access: ['clinician'],
  params: attachmentParams,
  status: 200,
  output: caseAttachmentSchema,
  problems: ['state-conflict', 'picture-damaged', 'storage-full'],
});

export const listCaseAttachments = endpoint({
  method: 'GET',
  path: '/v1/cases/{caseId}/attachments',
  tag: 'attachments',
  summary: 'The files that everyone on the case can see',
  access: ['clinician'],
  params: caseParams,
  query: pageQuery.extend({
    kind: fileKind.optional(),
    sort: z.enum(['added', 'name', 'addedBy']).default('added'),
    direction: z.enum(['ascending', 'descending']).optional(),
  }),
  status: 200,
  output: pageOf(caseAttachmentSchema),
  problems: [],
});

export const uploadCaseAttachment = endpoint({
  method: 'POST',
  path: '/v1/cases/{caseId}/attachments',
  tag: 'attachments',
  summary: 'Upload a file for everyone on the case',
  access: ['clinician'],
  params: caseParams,
  status: 201,
  output: caseAttachmentSchema,
  problems: uploadProblems,
  idempotent: true,
  transfer: 'upload',
});

export const downloadCaseAttachment = endpoint({
  method: 'GET',
  path: '/v1/case-attachments/{caseAttachmentId}/content',
  tag: 'attachments',
  summary: 'The bytes of a case’s file',
  description: 'Honours `Range` (RFC 9110, one range).',
  access: ['clinician'],
  params: caseAttachmentParams,
  status: 200,
  problems: ['range-not-satisfiable', 'file-checking'],
  transfer: 'download',
});

export const previewCaseAttachment = endpoint({
  method: 'GET',
  path: '/v1/case-attachments/{caseAttachmentId}/preview',
  tag: 'attachments',
  summary: 'A picture that shows a case’s file',
  description:
    'WebP, upright, at most 1,600 pixels a side, without metadata: of a picture, or of the first page. There is one when `preview` says `ready`; reading it counts as reading the file.',
  access: ['clinician'],
  params: caseAttachmentParams,
  status: 200,
  problems: ['range-not-satisfiable', 'file-checking', 'preview-not-ready'],
  transfer: 'download',
});

export const removeCaseAttachment = endpoint({
  method: 'DELETE',
  path: '/v1/case-attachments/{caseAttachmentId}',
  tag: 'attachments',
  summary: 'Stop sharing, or take back an upload',
  description: 'Ends everyone’s access through the case at once; the talk it came from keeps the file.',
  access: ['clinician'],
  params: caseAttachmentParams,
  status: 204,
  problems: [],
});

export type Attachment = z.infer<typeof attachmentSchema>;
export type CaseAttachment = z.infer<typeof caseAttachmentSchema>;
export type FileKind = z.infer<typeof fileKind>;
export type PreviewState = z.infer<typeof previewState>;
export type ScanState = z.infer<typeof scanState>;
