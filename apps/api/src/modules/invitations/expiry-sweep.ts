import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { mailingRepository } from './mailing.repository.ts';

/** Marks invitations whose time is over and lets their clinicians' portals know. */
export const createExpirySweep =
  ({ db, events }: WorkerDependencies) =>
  async (): Promise<void> => {
    const expired = await db.transaction((tx) => mailingRepository.expireAllOverdue(tx));
    for (const { clinicianId, invitationId, caseId } of expired) {
      events.publish([clinicianId], { type: 'invitation.changed', invitationId, caseId });
    }
  };
