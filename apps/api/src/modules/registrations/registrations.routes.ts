import { endpoints, type OutputOf } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import { cookies, deviceCookie, registrationCookie, sessionCookie } from '../../plugins/cookies.ts';
import { knownDeviceSeconds } from '../sessions/index.ts';
import type { CompletionService } from './completion.service.ts';
import type { RegistrationService } from './registrations.service.ts';
import type { StartService } from './start.service.ts';

type StartedRegistration = OutputOf<typeof endpoints.startRegistration>;

export interface RegistrationServices {
  readonly starting: StartService;
  readonly registrations: RegistrationService;
  readonly completion: CompletionService;
}

export function registrationRoutes(
  app: FastifyInstance,
  { starting, registrations, completion }: RegistrationServices,
): void {
  handle(
    app,
    endpoints.startRegistration,
    { perMinute: 30 },
    async ({ body, origin, request, reply }): Promise<StartedRegistration> => {
      const browser = {
        sessionToken: request.cookies[sessionCookie('patient')],
        flowToken: request.cookies[registrationCookie],
      };
      const started = await starting.start(body.token, browser, origin);
      if (started.next === 'signIn') return { next: 'signIn', registration: null };
      if (started.secret) cookies.set(reply, registrationCookie, started.secret);
      reply.header('location', '/v1/registrations/current');
      return { next: started.next, registration: started.registration };
    },
  );

  handle(app, endpoints.getRegistration, { perMinute: 240 }, ({ actor }) => registrations.get(actor));

  handle(app, endpoints.enterRegistrationPhone, { perMinute: 20 }, ({ actor, origin, body }) =>
    registrations.enterPhone(actor, origin, body),
  );

  handle(app, endpoints.sendRegistrationCode, { perMinute: 30 }, ({ actor, origin, body }) =>
    registrations.sendCode(actor, origin, body.methodId),
  );

  handle(app, endpoints.submitRegistrationCode, { perMinute: 60 }, ({ actor, origin, body }) =>
    registrations.submitCode(actor, origin, body.code),
  );

  handle(app, endpoints.askForRegistrationHelp, { perMinute: 10 }, async ({ actor, origin }) => {
    await registrations.askForHelp(actor, origin);
  });

  handle(app, endpoints.acceptRegistrationTerms, { perMinute: 30 }, ({ actor, origin, body }) =>
    registrations.acceptTerms(actor, origin, body),
  );

  handle(app, endpoints.declineRegistration, { perMinute: 10 }, async ({ actor, origin, reply }) => {
    await registrations.decline(actor, origin);
    cookies.clear(reply, registrationCookie);
  });

  handle(
    app,
    endpoints.setRegistrationPassword,
    { perMinute: 20 },
    async ({ actor, origin, body, reply }) => {
      const { email, deviceToken } = await completion.setPassword(actor, origin, body.password);
      cookies.clear(reply, registrationCookie);
      cookies.keep(reply, deviceCookie('patient'), deviceToken, knownDeviceSeconds);
      return { email };
    },
  );
}
