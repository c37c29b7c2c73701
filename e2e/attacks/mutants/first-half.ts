import { codeHoles } from './code-holes.ts';
import { invitationHoles } from './invitation-holes.ts';
import type { Mutant } from './mutant.ts';
import { talkHoles } from './talk-holes.ts';

/** Holes for T1 to T27. */
export const firstHalfMutants: readonly Mutant[] = [...talkHoles, ...invitationHoles, ...codeHoles];
