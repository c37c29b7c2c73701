/**
 * Keeps the keys that data keys are wrapped under. What it wraps is 32 bytes, bound to the talk or case that it belongs to:
 * wrapped bytes that were moved to another owner, or stand beside another key's id, do not open.
 */
export interface KeyVault {
  /** The id of the key that the settings name. Ids tell keys apart and say nothing of them. */
  readonly keyId: string;
  /** Whether this vault can wrap and unwrap with the key of that id. */
  knows(keyId: string): boolean;
  /** @throws ProblemError `unavailable` when the vault does not answer */
  wrap(keyId: string, dataKey: Buffer, ownerId: string): Promise<Buffer>;
  /**
   * @throws KeyRefused when the key does not open these bytes for this owner; ProblemError `unavailable` when the vault
   *   does not answer
   */
  unwrap(keyId: string, wrapped: Buffer, ownerId: string): Promise<Buffer>;
}

/** A key did not open what it should have wrapped: another key, another owner, or bytes that were changed. */
export class KeyRefused extends Error {
  constructor(
    ids: { readonly keyId: string; readonly ownerId: string },
    reason = 'does not open the data key',
  ) {
    super(`The vault key ${ids.keyId} ${reason} of ${ids.ownerId}.`);
    this.name = 'KeyRefused';
  }
}
