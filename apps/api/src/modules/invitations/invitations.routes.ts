import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import type { InvitationService } from './invitations.service.ts';
import type { LinkService } from './links.service.ts';
import type { ReceivedService } from './received.service.ts';
import type { ReissueService } from './reissue.service.ts';

export interface InvitationServices {
  readonly invitations: InvitationService;
  readonly reissue: ReissueService;
  readonly received: ReceivedService;
  readonly links: LinkService;
}

export function invitationRoutes(
  app: FastifyInstance,
  { invitations, reissue, received, links }: InvitationServices,
): void {
  handle(
    app,
    endpoints.createInvitation,
    { perMinute: 60 },
    async ({ actor, origin, idempotency, params, body, reply }) => {
      const invitation = await invitations.create(actor, origin, idempotency, params.caseId, body);
      reply.header('location', `/v1/invitations/${invitation.id}`);
      return invitation;
    },
  );

  handle(app, endpoints.listMyInvitations, {}, async ({ actor, origin, params }) => ({
    data: await invitations.listOwn(actor, origin, params.caseId),
    nextCursor: null,
  }));

  handle(app, endpoints.getInvitation, {}, ({ actor, origin, params }) =>
    invitations.get(actor, origin, params.invitationId),
  );

  handle(app, endpoints.resendInvitation, { perMinute: 30 }, ({ actor, origin, params }) =>
    reissue.resend(actor, origin, params.invitationId),
  );

  handle(app, endpoints.correctInvitation, { perMinute: 30 }, ({ actor, origin, params, body }) =>
    reissue.correct(actor, origin, params.invitationId, body),
  );

  handle(app, endpoints.revokeInvitation, { perMinute: 30 }, ({ actor, origin, params }) =>
    reissue.revoke(actor, origin, params.invitationId),
  );

  handle(app, endpoints.listReceivedInvitations, {}, async ({ actor, origin }) => ({
    data: await received.list(actor, origin),
    nextCursor: null,
  }));

  handle(app, endpoints.acceptInvitation, { perMinute: 30 }, ({ actor, origin, params }) =>
    received.accept(actor, origin, params.invitationId),
  );

  handle(app, endpoints.declineInvitation, { perMinute: 30 }, async ({ actor, origin, params }) => {
    await received.decline(actor, origin, params.invitationId);
  });

  handle(app, endpoints.lookUpInvitationLink, { perMinute: 60 }, ({ body }) => links.lookUp(body.token));

  handle(app, endpoints.renewInvitationLink, { perMinute: 10 }, async ({ body, origin }) => {
    await links.renew(body.token, origin);
  });

  handle(app, endpoints.reportInvitationLink, { perMinute: 10 }, async ({ body, origin }) => {
    await links.report(body.token, origin);
  });
}
