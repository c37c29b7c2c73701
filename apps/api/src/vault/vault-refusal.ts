/**
 * The vault cannot be used as it is set up: said to the operator, in words that tell how to mend it. Names settings and
 * ids of keys, never a key.
 */
export class VaultRefusal extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'VaultRefusal';
  }
}
