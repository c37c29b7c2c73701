import * as z from 'zod';
import { myTalkStates } from './choices.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { clinicianSchema, personName } from './people.ts';
import { calendarDate, id, instant, line, pageOf, pageQuery, prose, searchText } from './scalars.ts';

export const caseStatus = z.enum(['open', 'closed']);

export const myTalkState = z.enum(myTalkStates);

export const audienceSchema = z
  .object({
    kind: z.enum(['private', 'case']),
    people: z
      .array(
        z.object({
          id: id.nullable(),
          name: z.string(),
          role: z.enum(['clinician', 'patient', 'administrator']),
          until: instant.optional().describe('When an administrator’s emergency access ends by itself.'),
        }),
      )
      .describe('Everyone who can read it, computed from the rules that guard it.'),
  })
  .meta({ id: 'Audience' });

export const caseSummarySchema = z
  .object({
    id,
    patientName: z.string(),
    patientBirthDate: calendarDate,
    title: z.string(),
    status: caseStatus,
    myRole: z.enum(['member', 'caseManager']).describe('Why the asking clinician sees the case.'),
    myTalk: z.object({ id: id.nullable(), state: myTalkState, unread: z.int() }),
    doctorTalkUnread: z.int(),
    memberCount: z.int(),
    updatedAt: instant,
  })
  .meta({ id: 'CaseSummary' });

export const caseSchema = caseSummarySchema
  .extend({
    description: z.string(),
    attachmentCount: z.int(),
    createdAt: instant,
    version: z.int().describe('Goes into `If-Match` when the case is changed.'),
    patientTalkAudience: audienceSchema,
    doctorTalkAudience: audienceSchema,
    abilities: z.object({
      invite: z.boolean(),
      manageMembers: z.boolean(),
      edit: z.boolean(),
      addAttachment: z.boolean(),
    }),
  })
  .meta({ id: 'Case' });

export const caseParams = z.strictObject({ caseId: id });

export const listCases = endpoint({
  method: 'GET',
  path: '/v1/cases',
  tag: 'cases',
  summary: 'The cases that I work on',
  access: ['clinician'],
  query: pageQuery.extend({
    search: searchText.optional().describe('In the patient’s name and the title.'),
    status: caseStatus.optional(),
    talk: myTalkState.optional(),
    unread: z.stringbool().optional().describe('Only cases with something unread.'),
    sort: z.enum(['updated', 'patient', 'title']).default('updated'),
    direction: z.enum(['ascending', 'descending']).optional(),
  }),
  status: 200,
  output: z
    .object({ ...pageOf(caseSummarySchema).shape, total: z.int().describe('How many match in all.') })
    .meta({ id: 'CasePage' }),
  problems: [],
});

export const createCaseBody = z
  .strictObject({
    patientName: personName,
    patientBirthDate: calendarDate.refine(
      (date) => date >= '1900-01-01' && date <= new Date().toISOString().slice(0, 10),
      'Enter a date of birth in the past',
    ),
    title: line(limits.titleLength, 'Enter a title for the case'),
    description: prose(limits.descriptionLength).default(''),
  })
  .meta({ id: 'CreateCase' });

export const createCase = endpoint({
  method: 'POST',
  path: '/v1/cases',
  tag: 'cases',
  summary: 'Open a case',
  access: ['clinician'],
  body: createCaseBody,
  status: 201,
  output: caseSchema,
  problems: [],
  idempotent: true,
});

export const getCase = endpoint({
  method: 'GET',
  path: '/v1/cases/{caseId}',
  tag: 'cases',
  summary: 'One case',
  access: ['clinician'],
  params: caseParams,
  status: 200,
  output: caseSchema,
  problems: [],
});

export const updateCase = endpoint({
  method: 'PATCH',
  path: '/v1/cases/{caseId}',
  tag: 'cases',
  summary: 'Change a case',
  description:
    'Needs `If-Match` with the case’s version, so that nobody overwrites a colleague’s change unseen.',
  access: ['clinician'],
  params: caseParams,
  body: z
    .strictObject({
      title: line(limits.titleLength, 'Enter a title for the case').optional(),
      description: prose(limits.descriptionLength).optional(),
      status: caseStatus.optional(),
    })
    .meta({ id: 'UpdateCase' }),
  status: 200,
  output: caseSchema,
  problems: ['version-conflict'],
});

export const caseMemberSchema = z
  .object({
    clinician: clinicianSchema,
    addedAt: instant,
    addedBy: z.string(),
    abilities: z.object({ remove: z.boolean() }),
  })
  .meta({ id: 'CaseMember' });

export const listCaseMembers = endpoint({
  method: 'GET',
  path: '/v1/cases/{caseId}/members',
  tag: 'cases',
  summary: 'Associated doctors and staff',
  access: ['clinician'],
  params: caseParams,
  status: 200,
  output: pageOf(caseMemberSchema),
  problems: [],
});

const memberParams = z.strictObject({ caseId: id, clinicianId: id });

export const addCaseMember = endpoint({
  method: 'PUT',
  path: '/v1/cases/{caseId}/members/{clinicianId}',
  tag: 'cases',
  summary: 'Add a doctor or staff member, of any practice',
  access: ['clinician'],
  params: memberParams,
  status: 200,
  output: caseMemberSchema,
  problems: [],
});

export const removeCaseMember = endpoint({
  method: 'DELETE',
  path: '/v1/cases/{caseId}/members/{clinicianId}',
  tag: 'cases',
  summary: 'Remove a doctor or staff member',
  description: 'Ends that person’s access to the case at once, open event streams included.',
  access: ['clinician'],
  params: memberParams,
  status: 204,
  problems: ['state-conflict'],
});

export type CaseSummary = z.infer<typeof caseSummarySchema>;
export type Case = z.infer<typeof caseSchema>;
export type CaseMember = z.infer<typeof caseMemberSchema>;
export type Audience = z.infer<typeof audienceSchema>;
export type MyTalkState = z.infer<typeof myTalkState>;
