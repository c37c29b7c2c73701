import { judgePassword, type PasswordRule, type PersonalWords } from '@casetalk/contract';
import { ProblemError } from '../../problem-error.ts';
import { isCommonPassword } from './common-passwords.ts';

/** Judges a password by every requirement, in the order in which they are shown. */
export function judgeAll(password: string, personal: PersonalWords): { rule: PasswordRule; met: boolean }[] {
  const local = judgePassword(password, personal);
  return [
    { rule: 'length', met: local.length },
    { rule: 'notCommon', met: password !== '' && !isCommonPassword(password) },
    { rule: 'notPersonal', met: local.notPersonal },
    { rule: 'notRepetitive', met: local.notRepetitive },
  ];
}

/** @throws ProblemError `password-refused`, naming the requirements that are not met */
export function requireGoodPassword(password: string, personal: PersonalWords): void {
  const unmet = judgeAll(password, personal)
    .filter((item) => !item.met)
    .map((item) => item.rule);
  if (unmet.length > 0) throw new ProblemError('password-refused', { unmet });
}
