/** A backup or a restore that cannot be: said to the operator, in words that tell what to do. */
export class BackupRefusal extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'BackupRefusal';
  }
}
