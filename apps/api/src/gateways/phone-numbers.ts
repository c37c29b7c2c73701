import type { PhoneKind } from '@casetalk/contract';

export interface PhoneNumbers {
  /**
   * Reads a number as people write it.
   * @returns E.164
   * @throws ProblemError `phone-refused` (with the pointer of the field) for numbers that cannot be or may not receive codes
   */
  parse(text: string, kind: PhoneKind, pointer: string): string;
}
