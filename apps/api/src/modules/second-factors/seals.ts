import type { Sealer } from '../../gateways/sealer.ts';

/** Binds an authenticator's sealed secret to its row: moved to another one it cannot be opened. */
export const authenticatorContext = (id: string): string => `authenticator:${id}`;

/** The same for a secret that waits for its first code. */
export const setupContext = (ceremonyId: string): string => `authenticator setup:${ceremonyId}`;

/** A recovery code is found again by a keyed hash bound to its owner: a dump without the key helps nobody. */
export const recoveryCodeHash = (sealer: Sealer, clinicianId: string, code: string): Buffer =>
  sealer.fingerprint(`recovery code:${clinicianId}:${code}`);
