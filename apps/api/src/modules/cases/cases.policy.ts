import type { Audience, Case, ClinicianRole } from '@casetalk/contract';
import { type MyTalkFacts, mayInviteAnew } from './cases.rules.ts';

interface Named {
  readonly id: string | null;
  readonly name: string;
}

/** Administrators manage people; they work on no case. */
export const mayWorkOnCases = (actor: { readonly role: ClinicianRole }): boolean =>
  actor.role !== 'administrator';

/** What someone who sees a case may do with it: members and case managers alike, each under their own name. */
export const caseAbilities = (facts: {
  readonly status: 'open' | 'closed';
  readonly myTalk: MyTalkFacts;
}): Case['abilities'] => ({
  invite: facts.status === 'open' && mayInviteAnew(facts.myTalk),
  manageMembers: true,
  edit: true,
  addAttachment: facts.status === 'open',
});

/** A case keeps at least one member: otherwise nobody but managers could find it again. */
export const mayRemoveMember = (facts: { readonly memberCount: number }): boolean => facts.memberCount > 1;

/**
 * Who can read a patient talk: its clinician, as long as she sees the case, and its patient. Nobody else, whatever their
 * role; the same two ids are what the rows' policies compare. And an administrator of the clinician's practice for as long
 * as the talk is open to her in an emergency.
 */
export const patientTalkAudience = (
  clinician: { readonly id: string; readonly name: string; readonly seesCase: boolean },
  patient: Named,
  openedTo: readonly { readonly id: string; readonly name: string; readonly until: string }[],
): Audience => ({
  kind: 'private',
  people: [
    ...(clinician.seesCase ? [{ id: clinician.id, name: clinician.name, role: 'clinician' as const }] : []),
    { id: patient.id, name: patient.name, role: 'patient' },
    ...openedTo.map(({ id, name, until }) => ({ id, name, role: 'administrator' as const, until })),
  ],
});

/** Who can read the doctor talk and the case's attachments: everyone who sees the case, never the patient. */
export const caseAudience = (
  people: readonly { readonly id: string; readonly name: string }[],
): Audience => ({
  kind: 'case',
  people: people.map(({ id, name }) => ({ id, name, role: 'clinician' })),
});
