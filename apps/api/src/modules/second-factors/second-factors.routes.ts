import { endpoints } from '@casetalk/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Origin, Person } from '../../actors.ts';
import { handle } from '../../plugins/contract-routes.ts';
import { cookies, deviceCookie, sessionCookie } from '../../plugins/cookies.ts';
import type { Asking, SecondFactorService } from './second-factors.service.ts';

const asking = <P extends Person>(call: {
  readonly actor: P;
  readonly origin: Origin;
  readonly request: FastifyRequest;
}): Asking<P> => ({
  person: call.actor,
  origin: call.origin,
  deviceToken: call.request.cookies[deviceCookie(call.actor.kind)],
});

export function secondFactorRoutes(app: FastifyInstance, factors: SecondFactorService): void {
  handle(app, endpoints.listSecondFactors, {}, ({ actor }) => factors.list(actor));

  handle(app, endpoints.reauthenticate, { perMinute: 60 }, async (call) => {
    const { secret, freshness } = await factors.reauthenticate(asking(call), call.body);
    cookies.set(call.reply, sessionCookie(call.actor.kind), secret);
    return freshness;
  });

  handle(app, endpoints.askForReauthenticationPasskey, { perMinute: 60 }, (call) =>
    factors.askForPasskey(asking(call)),
  );

  handle(app, endpoints.sendReauthenticationCode, { perMinute: 30 }, (call) =>
    factors.sendCode(asking(call), call.body.methodId),
  );

  handle(app, endpoints.startAuthenticator, { perMinute: 60 }, (call) =>
    factors.startAuthenticator(asking(call)),
  );

  handle(app, endpoints.confirmAuthenticator, { perMinute: 60 }, (call) =>
    factors.confirmAuthenticator(asking(call), call.body.code),
  );

  handle(app, endpoints.removeAuthenticator, { perMinute: 60 }, async (call) => {
    await factors.removeAuthenticator(asking(call));
  });

  handle(app, endpoints.startPasskey, { perMinute: 60 }, (call) => factors.startPasskey(asking(call)));

  handle(app, endpoints.addPasskey, { perMinute: 60 }, async (call) => {
    const passkey = await factors.addPasskey(asking(call), call.body);
    call.reply.header('location', '/v1/me/second-factors');
    return passkey;
  });

  handle(app, endpoints.renamePasskey, { perMinute: 60 }, (call) =>
    factors.renamePasskey(asking(call), call.params.passkeyId, call.body.name),
  );

  handle(app, endpoints.removePasskey, { perMinute: 60 }, async (call) => {
    await factors.removePasskey(asking(call), call.params.passkeyId);
  });

  handle(app, endpoints.renewRecoveryCodes, { perMinute: 60 }, (call) =>
    factors.renewRecoveryCodes(asking(call)),
  );

  handle(app, endpoints.resetSecondFactors, { perMinute: 60 }, async (call) => {
    await factors.reset(asking(call), call.params.clinicianId);
  });
}
