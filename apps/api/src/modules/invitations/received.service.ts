import type { ReceivedInvitation } from '@casetalk/contract';
import type { Origin, PatientActor } from '../../actors.ts';
import type { Tx } from '../../db/database.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { answeringRepository } from './answering.repository.ts';
import { presentReceived } from './invitations.presenter.ts';
import { invitationRepository } from './invitations.repository.ts';
import { auditOf, type InvitationNeeds } from './invitations.service.ts';
import { joinTalk } from './joining.repository.ts';

/** Further invitations of a patient who has an account: none of this touches its password or phone. */
export function createReceivedService({ db, events, jobs }: InvitationNeeds) {
  const over = (): ProblemError =>
    new ProblemError('state-conflict', { detail: 'This invitation has ended.' });

  /** Tells a later answer to one's own invitation from somebody else's. */
  async function refusal(tx: Tx, id: string, email: string): Promise<ProblemError> {
    return (await answeringRepository.wasFor(tx, id, email)) ? over() : notFound();
  }

  return {
    list: (actor: PatientActor, origin: Origin): Promise<ReceivedInvitation[]> =>
      db.as(actor, async (tx) => {
        await recordAudit(tx, actor, origin, {
          action: 'invitation.list',
          resourceType: 'patient',
          resourceId: actor.id,
        });
        return (await invitationRepository.listReceived(tx, actor.id)).map(presentReceived);
      }),

    /** @returns the id of the talk, which now stands in the inbox */
    async accept(actor: PatientActor, origin: Origin, id: string): Promise<{ talkId: string }> {
      const accepted = await db.transaction(async (tx) => {
        const patient = await answeringRepository.patient(tx, actor.id);
        if (!patient) throw notFound();
        const invitation = await answeringRepository.accept(tx, {
          id,
          email: patient.email,
          states: 'live',
        });
        if (!invitation) throw await refusal(tx, id, patient.email);
        const isClinicsNumber = [invitation.mobile, invitation.landline].includes(patient.phone);
        const assurance = isClinicsNumber ? 'clinic' : 'invitee';
        await answeringRepository.setPatient(tx, id, actor.id, assurance);
        await recordAudit(tx, actor, origin, auditOf('invitation.accept', invitation));
        await jobs.enqueue(tx, 'invitation.notice', { invitationId: id, kind: 'accepted' });
        const { talkId, clinicianId } = invitation;
        if (!(await joinTalk(tx, { talkId, clinicianId, patientId: actor.id, assurance }))) throw over();
        return invitation;
      });
      const { caseId, talkId, clinicianId } = accepted;
      events.publish([clinicianId], { type: 'invitation.changed', invitationId: id, caseId });
      events.publish([clinicianId, actor.id], { type: 'talk.changed', talkId, caseId });
      events.publish([actor.id], { type: 'invitation.received' });
      return { talkId };
    },

    async decline(actor: PatientActor, origin: Origin, id: string): Promise<void> {
      const { caseId, clinicianId } = await db.transaction(async (tx) => {
        const patient = await answeringRepository.patient(tx, actor.id);
        if (!patient) throw notFound();
        const declined = await answeringRepository.decline(tx, id, patient.email);
        if (!declined) throw await refusal(tx, id, patient.email);
        await recordAudit(tx, actor, origin, auditOf('invitation.decline', declined));
        await jobs.enqueue(tx, 'invitation.notice', { invitationId: id, kind: 'declined' });
        return declined;
      });
      events.publish([clinicianId], { type: 'invitation.changed', invitationId: id, caseId });
      events.publish([actor.id], { type: 'invitation.received' });
    },
  };
}

export type ReceivedService = ReturnType<typeof createReceivedService>;
