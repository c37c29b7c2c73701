import type { JobPayloads } from '../../jobs/queue.ts';
import type { WorkerDependencies } from '../../jobs/worker-dependencies.ts';
import { handOver } from '../deliveries/index.ts';
import { invitationNoticeMail } from '../notifications/index.ts';
import { mailingRepository } from './mailing.repository.ts';

/** Tells the clinician by mail what became of an invitation; the mail names nobody. */
export const createInvitationNotifier =
  ({ db, mailer, settings }: WorkerDependencies) =>
  async ({ invitationId, kind }: JobPayloads['invitation.notice']): Promise<void> => {
    const inviter = await db.transaction((tx) => mailingRepository.inviter(tx, invitationId));
    if (!inviter) return;
    const caseUrl = new URL(`/cases/${inviter.caseId}/patient-talk`, settings.PUBLIC_CLINICIAN_URL).href;
    const mail = invitationNoticeMail(kind, caseUrl);
    await handOver(db, { purpose: 'notice' }, (deliveryId) =>
      mailer.send({ ...mail, to: inviter.email, deliveryId }),
    );
  };
