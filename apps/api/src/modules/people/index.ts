import type { FastifyInstance } from 'fastify';
import { createPeopleService, type PeopleNeeds } from './people.service.ts';
import { type FlowWords, peopleRoutes } from './people.routes.ts';

export { requireGoodPassword } from './password-policy.ts';
export { peopleRepository } from './people.repository.ts';

/** Accounts: who somebody is, the password, the directory of doctors and staff. */
export function peopleModule(needs: PeopleNeeds) {
  const people = createPeopleService(needs);
  return {
    me: people.me,
    personalWords: people.personalWords,
    routes: (app: FastifyInstance, flowWords: FlowWords): void =>
      peopleRoutes(
        app,
        people,
        (person) => needs.db.transaction((tx) => people.personalWords(tx, person.kind, person.id)),
        flowWords,
      ),
  };
}
