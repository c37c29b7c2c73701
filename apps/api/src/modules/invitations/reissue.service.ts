import type { correctInvitation, BodyOf, Invitation } from '@casetalk/contract';
import type { ClinicianActor, Origin } from '../../actors.ts';
import { isUniqueViolation } from '../../db/database.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { invitationAbilities } from './invitations.policy.ts';
import { type Addressee, invitationRepository } from './invitations.repository.ts';
import { effectiveState } from './invitations.rules.ts';
import { auditOf, countInvitation, type InvitationNeeds, presentOwn } from './invitations.service.ts';

type Correction = BodyOf<typeof correctInvitation>;

const conflict = (detail: string): ProblemError => new ProblemError('state-conflict', { detail });

/** Sending again, correcting, taking back: what its own clinician does with an invitation. */
export function createReissueService({ db, events, jobs, phoneNumbers }: InvitationNeeds) {
  async function reissue(
    actor: ClinicianActor,
    origin: Origin,
    id: string,
    action: 'invitation.resend' | 'invitation.correct',
    changed: Partial<Addressee>,
  ): Promise<Invitation> {
    try {
      const { invitation, accounts } = await db.as(actor, async (tx) => {
        const row = await invitationRepository.findOwn(tx, actor.id, id);
        if (!row) throw notFound();
        const abilities = invitationAbilities({
          state: effectiveState(row),
          joined: row.joined,
          caseOpen: row.caseOpen,
        });
        if (!row.caseOpen) throw conflict('This case is closed: nobody could write in the talk.');
        if (!abilities.resend) throw conflict('This invitation has ended.');
        await countInvitation(tx, actor.id);
        const practice = await invitationRepository.practice(tx, row.practiceId);
        const linkNumber = await invitationRepository.reissue(tx, actor.id, id, {
          ...changed,
          lifeDays: practice?.invitationLifeDays ?? 7,
          newPerson: changed.email !== undefined && changed.email !== row.email,
        });
        if (linkNumber === undefined) throw conflict('This invitation has ended.');
        await recordAudit(tx, actor, origin, auditOf(action, row));
        await jobs.enqueue(tx, 'invitation.mail', { invitationId: id, linkNumber });
        return {
          invitation: await presentOwn(tx, actor, id),
          accounts: await invitationRepository.accountsOf(tx, row.email),
        };
      });
      announce(actor, invitation, accounts);
      return invitation;
    } catch (error) {
      if (!isUniqueViolation(error, 'invitations_one_pending')) throw error;
      throw conflict('A newer invitation of yours is waiting on this case.');
    }
  }

  function announce(actor: ClinicianActor, { id, caseId }: Invitation, accounts: readonly string[]): void {
    events.publish([actor.id], { type: 'invitation.changed', invitationId: id, caseId });
    events.publish(accounts, { type: 'invitation.received' });
  }

  return {
    resend: (actor: ClinicianActor, origin: Origin, id: string): Promise<Invitation> =>
      reissue(actor, origin, id, 'invitation.resend', {}),

    /** A field that is left out stays as it is; null takes a number away. */
    correct(actor: ClinicianActor, origin: Origin, id: string, wanted: Correction): Promise<Invitation> {
      const { email, language, mobile, landline } = wanted;
      const change: Partial<Addressee> = {
        ...(email === undefined ? {} : { email }),
        ...(language === undefined ? {} : { language }),
        ...(mobile === undefined
          ? {}
          : { mobile: mobile === null ? null : phoneNumbers.parse(mobile, 'mobile', '/mobile') }),
        ...(landline === undefined
          ? {}
          : { landline: landline === null ? null : phoneNumbers.parse(landline, 'landline', '/landline') }),
      };
      return reissue(actor, origin, id, 'invitation.correct', change);
    },

    async revoke(actor: ClinicianActor, origin: Origin, id: string): Promise<Invitation> {
      const { invitation, accounts } = await db.as(actor, async (tx) => {
        const row = await invitationRepository.findOwn(tx, actor.id, id);
        if (!row) throw notFound();
        if (!(await invitationRepository.revoke(tx, actor.id, id)))
          throw conflict('This invitation has ended.');
        await recordAudit(tx, actor, origin, auditOf('invitation.revoke', row));
        return {
          invitation: await presentOwn(tx, actor, id),
          accounts: await invitationRepository.accountsOf(tx, row.email),
        };
      });
      announce(actor, invitation, accounts);
      return invitation;
    },
  };
}

export type ReissueService = ReturnType<typeof createReissueService>;
