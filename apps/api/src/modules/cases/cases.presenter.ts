import type { Audience, Case, CaseMember, CaseSummary } from '@casetalk/contract';
import type { CaseRow } from './cases.repository.ts';
import type { MemberRow } from './case-members.repository.ts';
import { caseAbilities, mayRemoveMember } from './cases.policy.ts';
import { type MyTalkFacts, myTalkState } from './cases.rules.ts';

/** The facts of the viewer's own talk on a case, as the rules take them. */
export const myTalkFactsOf = (row: CaseRow): MyTalkFacts => ({
  joined: row.talkJoined,
  invitation:
    row.invitationState === null || row.delivery === null
      ? null
      : {
          state: row.invitationState,
          delivery: row.delivery,
          triesUsedUp: row.triesUsedUp === true,
          helpRequested: row.helpRequested === true,
          overdue: row.overdue === true,
        },
});

/** Cuts PostgreSQL's microseconds to the contract's milliseconds. */
const instant = (text: string): string => `${text.slice(0, 23)}Z`;

export const presentCaseSummary = (row: CaseRow): CaseSummary => ({
  id: row.id,
  patientName: row.patientName,
  patientBirthDate: row.patientBirthDate,
  title: row.title,
  status: row.status,
  myRole: row.isMember ? 'member' : 'caseManager',
  myTalk: { id: row.talkId, state: myTalkState(myTalkFactsOf(row)), unread: row.talkUnread },
  doctorTalkUnread: row.doctorTalkUnread,
  memberCount: row.memberCount,
  updatedAt: instant(row.updatedAt),
});

export const presentCase = (
  row: CaseRow,
  more: {
    readonly attachmentCount: number;
    readonly patientTalkAudience: Audience;
    readonly doctorTalkAudience: Audience;
  },
): Case => ({
  ...presentCaseSummary(row),
  description: row.description,
  attachmentCount: more.attachmentCount,
  createdAt: instant(row.createdAt),
  version: row.version,
  patientTalkAudience: more.patientTalkAudience,
  doctorTalkAudience: more.doctorTalkAudience,
  abilities: caseAbilities({ status: row.status, myTalk: myTalkFactsOf(row) }),
});

export const presentMember = (row: MemberRow, memberCount: number): CaseMember => ({
  clinician: {
    id: row.id,
    name: row.name,
    role: row.role,
    jobTitle: row.jobTitle,
    practice: { id: row.practice.id, name: row.practice.name, phone: row.practice.phone },
  },
  addedAt: row.addedAt.toISOString(),
  addedBy: row.addedBy,
  abilities: { remove: mayRemoveMember({ memberCount }) },
});
