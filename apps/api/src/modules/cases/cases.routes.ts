import { type Case, endpoints } from '@casetalk/contract';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import { versionOf } from '../../plugins/if-match.ts';
import { listCases } from './case-list.service.ts';
import type { CaseMembersService } from './case-members.service.ts';
import type { CasesNeeds, CasesService } from './cases.service.ts';

function tagged(reply: FastifyReply, answer: Case): Case {
  void reply.header('etag', `"${answer.version}"`);
  return answer;
}

export function caseRoutes(
  app: FastifyInstance,
  needs: CasesNeeds,
  cases: CasesService,
  members: CaseMembersService,
): void {
  handle(app, endpoints.listCases, {}, ({ actor, origin, query }) => listCases(needs, actor, origin, query));

  handle(app, endpoints.createCase, {}, async ({ actor, origin, idempotency, body, reply }) => {
    const created = await cases.create(actor, origin, idempotency, body);
    void reply.header('location', `/v1/cases/${created.id}`);
    return tagged(reply, created);
  });

  handle(app, endpoints.getCase, {}, async ({ actor, origin, params, reply }) =>
    tagged(reply, await cases.get(actor, origin, params.caseId)),
  );

  handle(app, endpoints.updateCase, {}, async ({ actor, origin, params, body, request, reply }) =>
    tagged(reply, await cases.update(actor, origin, params.caseId, versionOf(request, 'the case'), body)),
  );

  handle(app, endpoints.listCaseMembers, {}, async ({ actor, params }) => ({
    data: await members.list(actor, params.caseId),
    nextCursor: null,
  }));

  handle(app, endpoints.addCaseMember, {}, ({ actor, origin, params }) =>
    members.add(actor, origin, params.caseId, params.clinicianId),
  );

  handle(app, endpoints.removeCaseMember, {}, ({ actor, origin, params }) =>
    members.remove(actor, origin, params.caseId, params.clinicianId),
  );
}
