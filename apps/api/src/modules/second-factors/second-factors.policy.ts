import type { ClinicianActor } from '../../actors.ts';

/** May this person reset a colleague's second factors: the administrator of the colleague's practice, and never their own. */
export const mayResetFactors = (
  actor: Pick<ClinicianActor, 'id' | 'role' | 'practiceId'>,
  colleague: { readonly id: string; readonly practiceId: string },
): boolean =>
  actor.role === 'administrator' && actor.practiceId === colleague.practiceId && actor.id !== colleague.id;
