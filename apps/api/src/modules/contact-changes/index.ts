import type { FastifyInstance } from 'fastify';
import { contactChangeRoutes } from './contact-changes.routes.ts';
import { type ContactChangeNeeds, createContactChangeService } from './contact-changes.service.ts';

export { createEmailChangeMailer, createEmailChangeNotifier } from './email-change-mail.job.ts';

/** A patient's new phone number and new email address. */
export function contactChangesModule(needs: ContactChangeNeeds) {
  const changes = createContactChangeService(needs);
  return { routes: (app: FastifyInstance): void => contactChangeRoutes(app, changes) };
}
