import type { FastifyInstance } from 'fastify';
import { passwordResetRoutes } from './password-resets.routes.ts';
import { createPasswordResetService, type PasswordResetNeeds } from './password-resets.service.ts';

export { createPasswordResetMailer } from './password-reset-mail.job.ts';
export type { PasswordResetNeeds } from './password-resets.service.ts';

/** A forgotten password: a link by email, then a code by text or call. */
export function passwordResetsModule(needs: PasswordResetNeeds) {
  const resets = createPasswordResetService(needs);
  return {
    resolveActor: resets.resolveActor,
    personalWords: resets.personalWords,
    routes: (app: FastifyInstance): void => passwordResetRoutes(app, resets),
  };
}
