import type { FastifyInstance } from 'fastify';
import { doctorTalkRoutes } from './doctor-talk.routes.ts';
import { createDoctorTalkService, type DoctorTalkNeeds } from './doctor-talk.service.ts';

/** The thread that everyone on a case shares, without the patient. */
export function doctorTalkModule(needs: DoctorTalkNeeds) {
  const doctorTalk = createDoctorTalkService(needs);
  return { routes: (app: FastifyInstance): void => doctorTalkRoutes(app, doctorTalk) };
}
