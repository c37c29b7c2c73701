import type { Portal } from '@casetalk/contract';
import { type AnyColumn, eq, type SQL } from 'drizzle-orm';

/** A person, whichever portal is theirs. */
export interface Owner {
  readonly portal: Portal;
  readonly personId: string;
}

/** The columns of a row that say whose it is. */
export const ownedBy = ({ portal, personId }: Owner) => ({
  portal,
  clinicianId: portal === 'clinician' ? personId : null,
  patientId: portal === 'patient' ? personId : null,
});

/** True for the rows of one person. */
export const isOwn = (
  table: { readonly clinicianId: AnyColumn; readonly patientId: AnyColumn },
  { portal, personId }: Owner,
): SQL => eq(portal === 'clinician' ? table.clinicianId : table.patientId, personId);
