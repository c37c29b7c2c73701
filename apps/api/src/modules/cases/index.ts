import type { FastifyInstance } from 'fastify';
import { createCaseMembersService } from './case-members.service.ts';
import { caseRoutes } from './cases.routes.ts';
import { type CasesNeeds, createCasesService } from './cases.service.ts';

export { caseAccess, peopleOnCase } from './case-access.ts';
export { patientTalkAudience } from './cases.policy.ts';

/** Cases, and who works on them. */
export function casesModule(needs: CasesNeeds) {
  const cases = createCasesService(needs);
  const members = createCaseMembersService(needs);
  return { routes: (app: FastifyInstance): void => caseRoutes(app, needs, cases, members) };
}
