import type { FastifyInstance } from 'fastify';
import type { Portal } from '@casetalk/contract';
import type { Tx } from '../../db/database.ts';
import { ceremonyRepository } from './ceremonies.repository.ts';
import { createEnrollingService } from './enrolling.service.ts';
import { createProvingService, type ProvingNeeds } from './proving.service.ts';
import { secondFactorRoutes } from './second-factors.routes.ts';
import { createSecondFactorService, type SecondFactorNeeds } from './second-factors.service.ts';
import { signInRoutes } from './sign-ins.routes.ts';
import { createSignInService, type SignInNeeds } from './sign-ins.service.ts';

export { authenticatorContext } from './seals.ts';

export type SecondFactorsNeeds = ProvingNeeds &
  Omit<SignInNeeds, 'proving' | 'enrolling'> &
  Omit<SecondFactorNeeds, 'proving' | 'enrolling'>;

/** Second factors: asked at signing in, set up, confirmed again, reset. */
export function secondFactorsModule(needs: SecondFactorsNeeds) {
  const proving = createProvingService(needs);
  const enrolling = createEnrollingService(needs);
  const signIns = createSignInService({ ...needs, proving, enrolling });
  const factors = createSecondFactorService({ ...needs, proving, enrolling });
  return {
    resolveActor: signIns.resolveActor,
    startSignIn: signIns.start,
    endSignIns: (tx: Tx, owner: { portal: Portal; personId: string }): Promise<void> =>
      ceremonyRepository.endSignIns(tx, owner),
    routes(app: FastifyInstance): void {
      signInRoutes(app, signIns);
      secondFactorRoutes(app, factors);
    },
  };
}
