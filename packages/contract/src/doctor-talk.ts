import * as z from 'zod';
import { caseParams } from './cases.ts';
import { draftMark } from './drafts.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { id, instant, pageOf, pageQuery, prose } from './scalars.ts';
import { markReadBody, readStateSchema } from './talks.ts';

export const doctorTalkMessageSchema = z
  .object({
    id,
    caseId: id,
    sender: z.object({ id, name: z.string(), jobTitle: z.string(), practiceName: z.string() }),
    mine: z.boolean(),
    text: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'DoctorTalkMessage' });

export const listDoctorTalkMessages = endpoint({
  method: 'GET',
  path: '/v1/cases/{caseId}/doctor-talk/messages',
  tag: 'doctorTalk',
  summary: 'The messages of the doctor talk, newest first',
  access: ['clinician'],
  params: caseParams,
  query: pageQuery,
  status: 200,
  output: pageOf(doctorTalkMessageSchema),
  problems: [],
});

export const sendDoctorTalkMessage = endpoint({
  method: 'POST',
  path: '/v1/cases/{caseId}/doctor-talk/messages',
  tag: 'doctorTalk',
  summary: 'Write to everyone on the case',
  access: ['clinician'],
  params: caseParams,
  body: z
    .strictObject({
      text: prose(limits.messageLength).refine((text) => text.trim() !== '', 'Write a message'),
      draft: draftMark.optional().describe('The draft that this message was written from.'),
    })
    .meta({ id: 'SendDoctorTalkMessage' }),
  status: 201,
  output: doctorTalkMessageSchema,
  problems: [],
  idempotent: true,
});

export const markDoctorTalkRead = endpoint({
  method: 'PUT',
  path: '/v1/cases/{caseId}/doctor-talk/read-state',
  tag: 'doctorTalk',
  summary: 'I have read the doctor talk up to this message',
  access: ['clinician'],
  params: caseParams,
  body: markReadBody,
  status: 200,
  output: readStateSchema,
  problems: [],
});

export type DoctorTalkMessage = z.infer<typeof doctorTalkMessageSchema>;
