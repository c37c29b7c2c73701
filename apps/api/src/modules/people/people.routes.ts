import { endpoints, type PersonalWords } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import type { PasswordResetActor, RegistrationActor } from '../../actors.ts';
import { handle } from '../../plugins/contract-routes.ts';
import { judgeAll } from './password-policy.ts';
import type { PeopleService } from './people.service.ts';

/** Finds what a flow's password must not be made of, before there is a session. */
export type FlowWords = (flow: RegistrationActor | PasswordResetActor) => Promise<PersonalWords>;

export function peopleRoutes(
  app: FastifyInstance,
  people: PeopleService,
  personalWordsOf: (person: { kind: 'clinician' | 'patient'; id: string }) => Promise<PersonalWords>,
  flowWords: FlowWords,
): void {
  handle(app, endpoints.getMe, { beforeTerms: true }, ({ actor }) => people.getMe(actor));

  handle(app, endpoints.updateMe, { beforeTerms: true }, ({ actor, body }) =>
    people.changeLanguage(actor, body.language),
  );

  handle(app, endpoints.changePassword, { perMinute: 10 }, async ({ actor, origin, body }) => {
    await people.changePassword(actor, origin, body);
  });

  handle(app, endpoints.checkPassword, { perMinute: 120, passive: true }, async ({ actor, body }) => ({
    items: judgeAll(
      body.password,
      actor.kind === 'clinician' || actor.kind === 'patient'
        ? await personalWordsOf(actor)
        : await flowWords(actor),
    ),
  }));

  handle(app, endpoints.listClinicians, { perMinute: 120 }, ({ actor, query }) =>
    people.directory(actor, query),
  );
}
