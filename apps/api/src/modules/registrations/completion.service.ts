import type { Origin, RegistrationActor } from '../../actors.ts';
import { isUniqueViolation } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { answeringRepository, joinTalk } from '../invitations/index.ts';
import { requireGoodPassword } from '../people/index.ts';
import { currentTermsVersion, termsRepository } from '../terms/index.ts';
import { announceStep, factsOf, type RegistrationNeeds, stepAudit } from './registration-flow.ts';
import { registrationRepository } from './registrations.repository.ts';
import { assuranceOf, numbersOf } from './registrations.rules.ts';

const conflict = (): ProblemError => new ProblemError('state-conflict');

/** The last step: the password makes the account, and the account stands in the talk. */
export function createCompletionService({ db, events, hasher, jobs, rememberDevice }: RegistrationNeeds) {
  return {
    /**
     * All or nothing: of any number of requests at once exactly one makes the account.
     * @returns the address to sign in with, and the device cookie's value: the phone was proved in this browser
     * @throws ProblemError `password-refused`, `state-conflict`, `already-exists`
     */
    async setPassword(
      actor: RegistrationActor,
      origin: Origin,
      password: string,
    ): Promise<{ email: string; deviceToken: string }> {
      const facts = await db.transaction(async (tx) => {
        const facts = await factsOf(tx, actor);
        const { invitationId } = actor;
        const accepted = await termsRepository.acceptedForInvitation(tx, invitationId, currentTermsVersion);
        if (!facts.verifiedAt || !accepted) throw conflict();
        return facts;
      });
      const { mobile, landline } = numbersOf(facts);
      requireGoodPassword(password, {
        words: [facts.patientName, facts.email, mobile, landline].filter((word) => word !== null),
      });
      const passwordHash = await hasher.hash(password);
      const patientId = newId();
      const assurance = assuranceOf(facts);
      try {
        await db.transaction(async (tx) => {
          const invitation = await answeringRepository.accept(tx, {
            id: actor.invitationId,
            email: facts.email,
            states: 'verified',
          });
          if (!invitation) throw conflict();
          const number = await registrationRepository.finish(tx, actor.id);
          if (!number) throw conflict();
          await registrationRepository.createPatient(tx, {
            id: patientId,
            name: facts.patientName,
            email: facts.email,
            ...number,
            language: facts.language,
            passwordHash,
            termsVersion: currentTermsVersion,
          });
          await answeringRepository.setPatient(tx, invitation.id, patientId, assurance);
          await termsRepository.giveToPatient(tx, invitation.id, patientId);
          await recordAudit(tx, actor, origin, stepAudit('registration.complete', facts));
          await jobs.enqueue(tx, 'account.mail', {
            kind: 'registered',
            portal: 'patient',
            personId: patientId,
          });
          await jobs.enqueue(tx, 'invitation.notice', { invitationId: invitation.id, kind: 'accepted' });
          const { talkId, clinicianId } = invitation;
          if (!(await joinTalk(tx, { talkId, clinicianId, patientId, assurance }))) throw conflict();
        });
      } catch (error) {
        if (isUniqueViolation(error, 'patients_email')) throw new ProblemError('already-exists');
        throw error;
      }
      announceStep(events, facts);
      const { clinicianId, talkId, caseId } = facts;
      events.publish([clinicianId], { type: 'talk.changed', talkId, caseId });
      return { email: facts.email, deviceToken: await rememberDevice('patient', patientId) };
    },
  };
}

export type CompletionService = ReturnType<typeof createCompletionService>;
