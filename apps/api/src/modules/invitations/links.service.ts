import type { InvitationLink } from '@casetalk/contract';
import type { Origin } from '../../actors.ts';
import { isUniqueViolation } from '../../db/database.ts';
import { claimRate } from '../../db/rate-counter.ts';
import { hashSecret } from '../../gateways/random.ts';
import { networkOf } from '../../network.ts';
import { recordAudit } from '../audit/index.ts';
import { answeringRepository } from './answering.repository.ts';
import { linkStatus, renewalRates } from './invitations.rules.ts';
import { auditOf, type InvitationNeeds } from './invitations.service.ts';

const nobody = { kind: 'anyone' } as const;

/** What whoever holds an emailed link may learn and do before proving anything. */
export function createLinkService({ db, events, jobs }: InvitationNeeds) {
  return {
    /** Changes nothing. */
    lookUp: (token: string): Promise<InvitationLink> =>
      db.transaction(async (tx) => {
        const found = await answeringRepository.byToken(tx, hashSecret(token));
        if (!found) return { status: 'unknown', practice: null, language: 'en', expiresAt: null };
        const { practice, language, expiresAt } = found;
        return { status: linkStatus(found), practice, language, expiresAt: expiresAt.toISOString() };
      }),

    /** Sends a new link to the invited address, and to no other. Silent about everything, so that nothing can be learnt. */
    async renew(token: string, origin: Origin): Promise<void> {
      try {
        const renewed = await db.transaction(async (tx) => {
          const found = await answeringRepository.byToken(tx, hashSecret(token));
          if (!found) return undefined;
          for (const rate of renewalRates(found.id, networkOf(origin.ip))) {
            if ((await claimRate(tx, rate)) !== undefined) return undefined;
          }
          const linkNumber = await answeringRepository.renew(tx, found.id, found.lifeDays);
          if (linkNumber === undefined) return undefined;
          await recordAudit(tx, nobody, origin, {
            action: 'invitation.renew',
            resourceType: 'invitation',
            resourceId: found.id,
            caseId: found.caseId,
          });
          await jobs.enqueue(tx, 'invitation.mail', { invitationId: found.id, linkNumber });
          return found;
        });
        if (!renewed) return;
        const { clinicianId, id, caseId } = renewed;
        events.publish([clinicianId], { type: 'invitation.changed', invitationId: id, caseId });
      } catch (error) {
        // The clinician has sent another invitation in the meantime: that one is in the same mailbox.
        if (!isUniqueViolation(error, 'invitations_one_pending')) throw error;
      }
    },

    /** "I am not this person": the invitation is over at once and its clinician hears of it. */
    async report(token: string, origin: Origin): Promise<void> {
      const reported = await db.transaction(async (tx) => {
        const ended = await answeringRepository.report(tx, hashSecret(token));
        if (!ended) return undefined;
        await recordAudit(tx, nobody, origin, auditOf('invitation.report', ended));
        await jobs.enqueue(tx, 'invitation.notice', { invitationId: ended.id, kind: 'reported' });
        return ended;
      });
      if (!reported) return;
      const { clinicianId, id, caseId } = reported;
      events.publish([clinicianId], { type: 'invitation.changed', invitationId: id, caseId });
    },
  };
}

export type LinkService = ReturnType<typeof createLinkService>;
