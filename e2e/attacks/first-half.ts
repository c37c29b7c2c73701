import type { Attack } from './attack.ts';
import { t1 } from './t01-access.ts';

/** Talk privacy, invitations, secret codes: T1 to T27. */
export const firstHalf: readonly Attack[] = [t1];
