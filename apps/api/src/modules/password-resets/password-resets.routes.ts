import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import { cookies, deviceCookie, passwordResetCookie } from '../../plugins/cookies.ts';
import { portalOf } from '../../plugins/portal.ts';
import { knownDeviceSeconds } from '../sessions/index.ts';
import type { PasswordResetService } from './password-resets.service.ts';

export function passwordResetRoutes(app: FastifyInstance, resets: PasswordResetService): void {
  handle(app, endpoints.requestPasswordReset, { perMinute: 10 }, async ({ body, origin, request }) => {
    await resets.request(portalOf(request), body.email, origin);
  });

  handle(app, endpoints.startPasswordReset, { perMinute: 30 }, async ({ body, request, reply }) => {
    const portal = portalOf(request);
    const { secret, reset } = await resets.start(portal, body.token);
    cookies.set(reply, passwordResetCookie(portal), secret);
    reply.header('location', '/v1/password-resets/current');
    return reset;
  });

  handle(app, endpoints.getPasswordReset, { perMinute: 240 }, ({ actor }) => resets.get(actor));

  handle(app, endpoints.sendPasswordResetCode, { perMinute: 30 }, ({ actor, origin, body }) =>
    resets.sendCode(actor, origin, body.methodId),
  );

  handle(app, endpoints.submitPasswordResetCode, { perMinute: 60 }, ({ actor, origin, body }) =>
    resets.submitCode(actor, origin, body.code),
  );

  handle(app, endpoints.setNewPassword, { perMinute: 20 }, async ({ actor, origin, body, reply }) => {
    const deviceToken = await resets.setPassword(actor, origin, body.password);
    cookies.clear(reply, passwordResetCookie(actor.portal));
    cookies.keep(reply, deviceCookie(actor.portal), deviceToken, knownDeviceSeconds);
  });
}
