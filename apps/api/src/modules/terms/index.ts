import type { FastifyInstance } from 'fastify';
import type { Dependencies } from '../../dependencies.ts';
import { termsRoutes } from './terms.routes.ts';

export { currentTermsVersion } from './current-terms.ts';
export { acceptForInvitation, type AcceptedTerms } from './terms.service.ts';
export { termsRepository } from './terms.repository.ts';

/** The terms of use: the text, its versions, and who accepted which. */
export function termsModule({ db }: Pick<Dependencies, 'db'>) {
  return { routes: (app: FastifyInstance): void => termsRoutes(app, db) };
}
