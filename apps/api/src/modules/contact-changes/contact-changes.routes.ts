import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import type { ContactChangeService } from './contact-changes.service.ts';

export function contactChangeRoutes(app: FastifyInstance, changes: ContactChangeService): void {
  handle(app, endpoints.startPhoneChange, { perMinute: 20 }, ({ actor, origin, body }) =>
    changes.startPhone(actor, origin, body),
  );

  handle(app, endpoints.getPhoneChange, {}, ({ actor }) => changes.phoneChange(actor));

  handle(app, endpoints.sendPhoneChangeCode, { perMinute: 30 }, ({ actor, origin, body }) =>
    changes.sendCode(actor, origin, body.methodId),
  );

  handle(app, endpoints.submitPhoneChangeCode, { perMinute: 60 }, ({ actor, origin, body }) =>
    changes.submitCode(actor, origin, body.code),
  );

  handle(app, endpoints.requestEmailChange, { perMinute: 10 }, async ({ actor, origin, body }) => {
    await changes.requestEmail(actor, origin, body.email);
  });

  handle(app, endpoints.confirmEmailChange, { perMinute: 30 }, async ({ origin, body }) => {
    await changes.confirmEmail(body.token, origin);
  });
}
