import { judgePassword, type PasswordRule, type PersonalWords } from '@casetalk/contract';

/** The lines of the checklist, in the order in which they are shown. */
export const requirementIds = ['length', 'notCommon', 'notPersonal', 'notRepetitive', 'same'] as const;
export type RequirementId = (typeof requirementIds)[number];

export interface Requirement {
  readonly id: RequirementId;
  readonly met: boolean;
}

/** What the API said about a password: it alone knows the common ones and everything personal. */
export type Verdict = Readonly<Partial<Record<PasswordRule, boolean>>>;

/**
 * Which requirements a password and its re-entry meet. Without the API's verdict, "not common" counts as not met.
 */
export function requirementsOf(
  password: string,
  again: string,
  personal: PersonalWords,
  verdict: Verdict | undefined,
): readonly Requirement[] {
  const local = judgePassword(password, personal);
  const met: Record<RequirementId, boolean> = {
    length: local.length,
    notCommon: password !== '' && verdict?.notCommon === true,
    notPersonal: local.notPersonal && verdict?.notPersonal !== false,
    notRepetitive: local.notRepetitive && verdict?.notRepetitive !== false,
    same: password !== '' && password === again,
  };
  return requirementIds.map((id) => ({ id, met: met[id] }));
}
