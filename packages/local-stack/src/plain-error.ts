/**
 * Something a person at the keyboard can mend. Its message is the whole story, in plain words; the stack says
 * nothing they need, so the commands print the message alone.
 */
export class PlainError extends Error {
  override readonly name = 'PlainError';
}
