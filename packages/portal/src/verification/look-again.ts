import type { Verification } from '@casetalk/contract';

/** In milliseconds. */
const everyMs = 4_000;

/** How often the fate of a code is looked at: now and then while it travels, and no more once it is known. */
export const lookAgainAfter = (
  verification: Pick<Verification, 'state'> | null | undefined,
): number | false => (verification?.state === 'sending' || verification?.state === 'sent' ? everyMs : false);
