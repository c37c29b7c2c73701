import type { FastifyInstance } from 'fastify';
import { createCompletionService } from './completion.service.ts';
import type { RegistrationNeeds } from './registration-flow.ts';
import { registrationRoutes } from './registrations.routes.ts';
import { createRegistrationService } from './registrations.service.ts';
import { createStartService } from './start.service.ts';

export type { RegistrationNeeds } from './registration-flow.ts';

/** The steps from the emailed link to a usable account. */
export function registrationsModule(needs: RegistrationNeeds) {
  const services = {
    starting: createStartService(needs),
    registrations: createRegistrationService(needs),
    completion: createCompletionService(needs),
  };
  return {
    resolveActor: services.starting.resolveActor,
    personalWords: services.registrations.personalWords,
    routes: (app: FastifyInstance): void => registrationRoutes(app, services),
  };
}
