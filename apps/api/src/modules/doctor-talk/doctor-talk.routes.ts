import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import type { DoctorTalkService } from './doctor-talk.service.ts';

export function doctorTalkRoutes(app: FastifyInstance, doctorTalk: DoctorTalkService): void {
  handle(app, endpoints.listDoctorTalkMessages, {}, ({ actor, origin, params, query }) =>
    doctorTalk.list(actor, origin, params.caseId, query),
  );

  handle(
    app,
    endpoints.sendDoctorTalkMessage,
    {},
    async ({ actor, origin, idempotency, params, body, reply }) => {
      const message = await doctorTalk.send(actor, origin, idempotency, params.caseId, body);
      void reply.header('location', `/v1/cases/${params.caseId}/doctor-talk/messages`);
      return message;
    },
  );

  handle(app, endpoints.markDoctorTalkRead, {}, ({ actor, origin, params, body }) =>
    doctorTalk.markRead(actor, origin, params.caseId, body.messageId),
  );
}
