import type { FastifyInstance } from 'fastify';
import { invitationRoutes } from './invitations.routes.ts';
import { createInvitationService, type InvitationNeeds } from './invitations.service.ts';
import { createLinkService } from './links.service.ts';
import { createReceivedService } from './received.service.ts';
import { createReissueService } from './reissue.service.ts';

export { answeringRepository } from './answering.repository.ts';
export { createExpirySweep } from './expiry-sweep.ts';
export { giveUpInvitationMail } from './given-up.ts';
export { createInvitationMailer } from './invitation-mail.job.ts';
export { createInvitationNotifier } from './invitation-notice.job.ts';
export { linkStatus } from './invitations.rules.ts';
export { joinTalk } from './joining.repository.ts';
export { mailingRepository } from './mailing.repository.ts';
export { reminderStopRepository } from './reminder-stop.repository.ts';
export { createReminderMailer, createReminderPoll } from './reminders.job.ts';
export { withdrawInvitations } from './withdrawal.ts';

/** One clinician's offer to one patient to talk on one case. */
export function invitationsModule(needs: InvitationNeeds) {
  const services = {
    invitations: createInvitationService(needs),
    reissue: createReissueService(needs),
    received: createReceivedService(needs),
    links: createLinkService(needs),
  };
  return { routes: (app: FastifyInstance): void => invitationRoutes(app, services) };
}
