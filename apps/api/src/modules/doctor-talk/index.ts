import type { FastifyInstance } from 'fastify';
import type { DraftKeeping } from '../drafts/index.ts';
import { doctorTalkDraftRoutes } from './doctor-talk-drafts.ts';
import { doctorTalkRoutes } from './doctor-talk.routes.ts';
import { createDoctorTalkService, type DoctorTalkNeeds } from './doctor-talk.service.ts';

/** The thread that everyone on a case shares, without the patient. */
export function doctorTalkModule(needs: DoctorTalkNeeds & { readonly drafts: DraftKeeping }) {
  const doctorTalk = createDoctorTalkService(needs);
  return {
    routes(app: FastifyInstance): void {
      doctorTalkRoutes(app, doctorTalk);
      doctorTalkDraftRoutes(app, needs.drafts);
    },
  };
}
