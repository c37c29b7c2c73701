/**
 * What was sealed does not open: it was changed, moved, cut short, or belongs to another key. Carries ids alone, so that
 * it may be logged; nothing of what was being opened ever leaves with it.
 */
export class SealBroken extends Error {
  /** @param place what did not open, and whose it is */
  constructor(place: string) {
    super(`A seal is broken: ${place}.`);
    this.name = 'SealBroken';
  }
}
