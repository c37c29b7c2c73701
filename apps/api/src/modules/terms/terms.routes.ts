import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import type { Dependencies } from '../../dependencies.ts';
import { handle } from '../../plugins/contract-routes.ts';
import { currentTerms } from './current-terms.ts';
import { acceptAgain } from './terms.service.ts';

export function termsRoutes(app: FastifyInstance, db: Dependencies['db']): void {
  handle(app, endpoints.getTerms, { perMinute: 120 }, async ({ query }) => currentTerms[query.language]);

  handle(
    app,
    endpoints.acceptTermsAgain,
    { perMinute: 30, beforeTerms: true },
    async ({ actor, origin, body }) => {
      await acceptAgain(db, actor, origin, body);
    },
  );
}
