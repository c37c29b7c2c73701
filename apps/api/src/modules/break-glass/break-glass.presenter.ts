import type { BreakGlassGrant, ClinicianRole } from '@casetalk/contract';
import { grantAbilities, grantState } from './break-glass.policy.ts';
import type { GrantRow } from './break-glass.repository.ts';

/** @param sees whether the viewer may know whose talk with whom it is: one of the two, or its administrator while it is live */
export function presentGrant(
  row: GrantRow,
  viewer: { readonly id: string; readonly role?: ClinicianRole },
  sees: boolean,
): BreakGlassGrant {
  const facts = { administratorId: row.administratorId, live: row.live, ended: row.endedAt !== null };
  return {
    id: row.id,
    caseId: row.caseId,
    talkId: row.talkId,
    administrator: {
      id: row.administratorId,
      name: row.administratorName,
      jobTitle: row.administratorJobTitle,
      practiceName: row.practiceName,
      me: row.administratorId === viewer.id,
    },
    clinician: { id: row.clinicianId, name: row.clinicianName },
    patientName: sees ? row.patientName : null,
    reason: row.reason,
    state: grantState(facts),
    startedAt: `${row.startedAt.slice(0, 23)}Z`,
    expiresAt: row.expiresAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    endedBy: row.endedBy,
    abilities: grantAbilities(viewer, facts),
  };
}
