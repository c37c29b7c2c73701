import type { CaseMember } from '@casetalk/contract';
import type { ClinicianActor, Origin } from '../../actors.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { forgetDrafts } from '../drafts/index.ts';
import { withdrawInvitations } from '../invitations/index.ts';
import { caseAccess, peopleOnCase } from './case-access.ts';
import { caseMembersRepository } from './case-members.repository.ts';
import { mayRemoveMember } from './cases.policy.ts';
import { presentMember } from './cases.presenter.ts';
import { casesRepository } from './cases.repository.ts';
import type { CasesNeeds } from './cases.service.ts';

export function createCaseMembersService({ db, events }: CasesNeeds) {
  return {
    list: (actor: ClinicianActor, caseId: string): Promise<CaseMember[]> =>
      db.as(actor, async (tx) => {
        await caseAccess.require(tx, actor, caseId);
        const members = await caseMembersRepository.list(tx, caseId);
        return members.map((member) => presentMember(member, members.length));
      }),

    /**
     * Adds a doctor, staff member or case manager of any practice; one who is a member already stays as she was.
     * @throws ProblemError `not-found` for a case that the actor does not see, and for anyone who cannot work on cases
     */
    async add(
      actor: ClinicianActor,
      origin: Origin,
      caseId: string,
      clinicianId: string,
    ): Promise<CaseMember> {
      const { member, people, talks } = await db.as(actor, async (tx) => {
        await caseAccess.require(tx, actor, caseId);
        if (!(await caseMembersRepository.mayBeMember(tx, clinicianId))) throw notFound();
        const added = await caseMembersRepository.add(tx, caseId, clinicianId, actor.id);
        if (added) {
          await casesRepository.touch(tx, caseId);
          await recordAudit(tx, actor, origin, {
            action: 'caseMember.added',
            resourceType: 'clinician',
            resourceId: clinicianId,
            caseId,
          });
        }
        const members = await caseMembersRepository.list(tx, caseId);
        const row = members.find(({ id }) => id === clinicianId);
        if (!row) throw new ProblemError('busy-try-again');
        return {
          member: presentMember(row, members.length),
          people: added ? await peopleOnCase(tx, caseId) : [],
          talks: added ? await casesRepository.joinedTalks(tx, caseId, clinicianId) : [],
        };
      });
      events.publish(people, { type: 'case.changed', caseId });
      // A talk that she had before she left opens again, for her patient too.
      for (const { talkId, patientId } of talks) {
        events.publish([clinicianId, patientId], { type: 'talk.changed', talkId, caseId });
      }
      return member;
    },

    /**
     * Ends a member's access at once: every later read asks for the membership, and files are authorized when they are
     * fetched. Her invitations that wait are taken back, and what she had begun to write is forgotten.
     * @throws ProblemError `state-conflict` for the last member
     */
    async remove(actor: ClinicianActor, origin: Origin, caseId: string, clinicianId: string): Promise<void> {
      const { people, talks, invited } = await db.as(actor, async (tx) => {
        await caseAccess.require(tx, actor, caseId);
        await caseMembersRepository.lock(tx, caseId);
        const memberCount = await caseMembersRepository.count(tx, caseId);
        const before = await peopleOnCase(tx, caseId);
        if (!(await caseMembersRepository.remove(tx, caseId, clinicianId))) throw notFound();
        if (!mayRemoveMember({ memberCount })) {
          throw new ProblemError('state-conflict', { detail: 'A case keeps at least one member.' });
        }
        await casesRepository.touch(tx, caseId);
        await recordAudit(tx, actor, origin, {
          action: 'caseMember.removed',
          resourceType: 'clinician',
          resourceId: clinicianId,
          caseId,
        });
        const staysAsManager = (await peopleOnCase(tx, caseId)).includes(clinicianId);
        if (!staysAsManager) await forgetDrafts(tx, actor, { kind: 'clinician', id: clinicianId }, caseId);
        return {
          people: before,
          talks: await casesRepository.joinedTalks(tx, caseId, clinicianId),
          invited: staysAsManager ? [] : await withdrawInvitations(tx, actor, origin, caseId, clinicianId),
        };
      });
      events.publish(people, { type: 'case.changed', caseId });
      events.publish(invited, { type: 'invitation.received' });
      for (const { talkId, patientId } of talks) {
        events.publish([clinicianId, patientId], { type: 'talk.changed', talkId, caseId });
      }
    },
  };
}

export type CaseMembersService = ReturnType<typeof createCaseMembersService>;
