import type { BreakGlassState, ClinicianRole } from '@casetalk/contract';

/** Emergency access is for administrators of a practice; everyone else finds nothing there. */
export const mayBreakGlass = (actor: { readonly role: ClinicianRole }): boolean =>
  actor.role === 'administrator';

/** What decides about a grant that the viewer may know of. */
export interface GrantFacts {
  readonly administratorId: string;
  readonly live: boolean;
  readonly ended: boolean;
}

export const grantState = ({ live, ended }: Pick<GrantFacts, 'live' | 'ended'>): BreakGlassState => {
  if (ended) return 'ended';
  return live ? 'live' : 'expired';
};

/** Its administrator reads while it is live; she and the practice's other administrators may end it. */
export function grantAbilities(
  viewer: { readonly id: string; readonly role?: ClinicianRole },
  facts: GrantFacts,
): { read: boolean; end: boolean } {
  const isAdministrator = viewer.role === 'administrator';
  return {
    read: isAdministrator && facts.live && facts.administratorId === viewer.id,
    end: isAdministrator && facts.live,
  };
}
