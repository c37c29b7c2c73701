import type { JobPayloads } from '../../jobs/queue.ts';
import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { mailingRepository } from './mailing.repository.ts';

/** For the clinician, who can send it again with one button. */
const reason = 'The mail service did not take it for more than an hour.';

/** An invitation's mail that was given up does not stay "on its way": its clinician sees it, with the button that mends it. */
export const giveUpInvitationMail =
  ({ db, events }: Pick<WorkerDependencies, 'db' | 'events'>) =>
  async ({ invitationId, linkNumber }: JobPayloads['invitation.mail']): Promise<void> => {
    const told = await db.transaction((tx) => mailingRepository.giveUp(tx, invitationId, linkNumber, reason));
    if (!told) return;
    events.publish([told.clinicianId], { type: 'invitation.changed', invitationId, caseId: told.caseId });
  };
