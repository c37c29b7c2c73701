import * as z from 'zod';
import { attachmentSchema } from './attachments.ts';
import { audienceSchema } from './cases.ts';
import { draftMark } from './drafts.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { id, instant, pageOf, pageQuery, prose, searchText } from './scalars.ts';

const talkClinicianSchema = z.object({
  id,
  name: z.string(),
  jobTitle: z.string(),
  practiceName: z.string(),
  practicePhone: z.string(),
  replyTime: z.string().describe('How soon the practice usually answers, in its own words.'),
});

export const talkSchema = z
  .object({
    id,
    caseId: id,
    caseTitle: z.string(),
    clinician: talkClinicianSchema,
    patientName: z.string(),
    state: z.enum(['waiting', 'active']).describe('`waiting` until the patient has joined.'),
    assurance: z.enum(['clinic', 'invitee']).nullable().describe('Who gave the number that was verified.'),
    unread: z.int(),
    lastMessage: z
      .object({
        at: instant,
        mine: z.boolean(),
        excerpt: z.string().describe('The first 140 characters.'),
        fileCount: z.int(),
      })
      .nullable(),
    /** Up to which message each side has read. */
    myReadAt: instant.nullable(),
    otherReadAt: instant.nullable(),
    audience: audienceSchema,
    abilities: z.object({ send: z.boolean() }),
    createdAt: instant,
  })
  .meta({ id: 'Talk' });

export const messageSchema = z
  .object({
    id,
    talkId: id,
    sender: z.object({ kind: z.enum(['clinician', 'patient']), id: id, name: z.string() }),
    mine: z.boolean(),
    text: z.string(),
    attachments: z.array(attachmentSchema),
    createdAt: instant,
    readAt: instant.nullable().describe('When the other person had read it.'),
  })
  .meta({ id: 'Message' });

const talkParams = z.strictObject({ talkId: id });

export const listTalks = endpoint({
  method: 'GET',
  path: '/v1/talks',
  tag: 'talks',
  summary: 'My talks, the latest message first',
  description: 'The patient’s Secure Inbox; for a clinician, her own talks alone.',
  access: ['clinician', 'patient'],
  query: pageQuery.extend({
    caseId: id.optional(),
    search: searchText.optional().describe('In names, practice and case title.'),
    unread: z.stringbool().optional(),
  }),
  status: 200,
  output: z
    .object({
      ...pageOf(talkSchema).shape,
      unreadTotal: z.int().describe('Unread messages in all my talks.'),
    })
    .meta({ id: 'TalkPage' }),
  problems: [],
});

export const getTalk = endpoint({
  method: 'GET',
  path: '/v1/talks/{talkId}',
  tag: 'talks',
  summary: 'One of my talks',
  access: ['clinician', 'patient'],
  params: talkParams,
  status: 200,
  output: talkSchema,
  problems: [],
});

export const listMessages = endpoint({
  method: 'GET',
  path: '/v1/talks/{talkId}/messages',
  tag: 'talks',
  summary: 'The messages of a talk, newest first',
  access: ['clinician', 'patient'],
  params: talkParams,
  query: pageQuery,
  status: 200,
  output: pageOf(messageSchema),
  problems: [],
});

export const sendMessageBody = z
  .strictObject({
    text: prose(limits.messageLength).default(''),
    attachmentIds: z
      .array(id)
      .max(limits.filesPerMessage, 'You can only send up to 10 files with one message')
      .default([]),
    draft: draftMark.optional().describe('The draft that this message was written from.'),
  })
  .refine((body) => body.text.trim() !== '' || body.attachmentIds.length > 0, {
    error: 'Write a message or add a file',
    path: ['text'],
  })
  .meta({ id: 'SendMessage' });

export const sendMessage = endpoint({
  method: 'POST',
  path: '/v1/talks/{talkId}/messages',
  tag: 'talks',
  summary: 'Send a message',
  access: ['clinician', 'patient'],
  params: talkParams,
  body: sendMessageBody,
  status: 201,
  output: messageSchema,
  problems: ['state-conflict', 'too-many-files'],
  idempotent: true,
});

export const readStateSchema = z
  .object({ unread: z.int(), readAt: instant.nullable() })
  .meta({ id: 'ReadState' });

export const markReadBody = z.strictObject({ messageId: id }).meta({ id: 'MarkRead' });

export const markTalkRead = endpoint({
  method: 'PUT',
  path: '/v1/talks/{talkId}/read-state',
  tag: 'talks',
  summary: 'I have read up to this message',
  access: ['clinician', 'patient'],
  params: talkParams,
  body: markReadBody,
  status: 200,
  output: readStateSchema,
  problems: [],
});

export type Talk = z.infer<typeof talkSchema>;
export type Message = z.infer<typeof messageSchema>;
export type ReadState = z.infer<typeof readStateSchema>;
