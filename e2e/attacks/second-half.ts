import type { Attack } from './attack.ts';

/** Sign-in and session, files, platform: T28 to T54. */
export const secondHalf: readonly Attack[] = [];
