import { endpoints, type Portal } from '@casetalk/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Origin, SignInActor } from '../../actors.ts';
import { handle } from '../../plugins/contract-routes.ts';
import { cookies, deviceCookie, sessionCookie, signInCookie } from '../../plugins/cookies.ts';
import { knownDeviceSeconds } from '../sessions/index.ts';
import type { Exchange } from './proving.service.ts';
import type { FinishedSignIn, SignInService } from './sign-ins.service.ts';

interface Asked {
  readonly actor: SignInActor;
  readonly origin: Origin;
  readonly request: FastifyRequest;
}

const exchangeOf = ({ actor, origin, request }: Asked): Exchange => ({
  id: actor.id,
  portal: actor.portal,
  personId: actor.personId,
  deviceToken: request.cookies[deviceCookie(actor.portal)],
  by: actor,
  origin,
});

/** The sign-in's cookie gives way to the session's, a secret of its own. */
function handOut(reply: FastifyReply, portal: Portal, { secret, deviceToken }: FinishedSignIn): void {
  cookies.clear(reply, signInCookie(portal));
  cookies.set(reply, sessionCookie(portal), secret);
  cookies.keep(reply, deviceCookie(portal), deviceToken, knownDeviceSeconds);
  reply.header('location', '/v1/sessions/current');
}

export function signInRoutes(app: FastifyInstance, signIns: SignInService): void {
  handle(app, endpoints.getSignIn, { perMinute: 240 }, ({ actor }) => signIns.get(actor));

  handle(app, endpoints.cancelSignIn, {}, async ({ actor, reply }) => {
    await signIns.cancel(actor);
    cookies.clear(reply, signInCookie(actor.portal));
  });

  handle(app, endpoints.submitSignInAuthenticatorCode, { perMinute: 60 }, async (call) => {
    const proof = { method: 'authenticator', code: call.body.code } as const;
    const finished = await signIns.prove(exchangeOf(call), proof);
    handOut(call.reply, call.actor.portal, finished);
    return finished.session;
  });

  handle(app, endpoints.submitSignInRecoveryCode, { perMinute: 60 }, async (call) => {
    const proof = { method: 'recoveryCode', code: call.body.code } as const;
    const finished = await signIns.prove(exchangeOf(call), proof);
    handOut(call.reply, call.actor.portal, finished);
    return finished.session;
  });

  handle(app, endpoints.askForSignInPasskey, { perMinute: 60 }, (call) =>
    signIns.askForPasskey(exchangeOf(call)),
  );

  handle(app, endpoints.submitSignInPasskey, { perMinute: 60 }, async (call) => {
    const proof = { method: 'passkey', credential: call.body.credential } as const;
    const finished = await signIns.prove(exchangeOf(call), proof);
    handOut(call.reply, call.actor.portal, finished);
    return finished.session;
  });

  handle(app, endpoints.sendSignInCode, { perMinute: 30 }, (call) =>
    signIns.sendCode(exchangeOf(call), call.body.methodId),
  );

  handle(app, endpoints.submitSignInCode, { perMinute: 60 }, async (call) => {
    const finished = await signIns.prove(exchangeOf(call), { method: 'phone', code: call.body.code });
    handOut(call.reply, call.actor.portal, finished);
    return finished.session;
  });

  handle(app, endpoints.startSignInAuthenticator, { perMinute: 60 }, (call) =>
    signIns.startAuthenticator(exchangeOf(call)),
  );

  handle(app, endpoints.confirmSignInAuthenticator, { perMinute: 60 }, async (call) => {
    const finished = await signIns.confirmAuthenticator(exchangeOf(call), call.body.code);
    handOut(call.reply, call.actor.portal, finished);
    return finished.enrolled;
  });

  handle(app, endpoints.startSignInPasskey, { perMinute: 60 }, (call) =>
    signIns.startPasskey(exchangeOf(call)),
  );

  handle(app, endpoints.enrolSignInPasskey, { perMinute: 60 }, async (call) => {
    const finished = await signIns.enrolPasskey(exchangeOf(call), call.body);
    handOut(call.reply, call.actor.portal, finished);
    return finished.enrolled;
  });
}
