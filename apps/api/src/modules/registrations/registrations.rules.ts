import type { Registration } from '@casetalk/contract';
import type { Numbers } from '../verifications/index.ts';

/** How long a browser's flow lives, in seconds: without a request, and in all. */
export const flowLife = { idle: 30 * 60, total: 2 * 3600 } as const;

export interface StepFacts {
  /** This browser has proved a number. */
  readonly verified: boolean;
  readonly codeUnderWay: boolean;
  /** The present terms were accepted for this invitation, in whichever browser. */
  readonly termsAccepted: boolean;
  readonly ended: boolean;
}

/** Where a registration stands: each step follows from facts, so none can be skipped. */
export function stepOf({ verified, codeUnderWay, termsAccepted, ended }: StepFacts): Registration['step'] {
  if (ended) return 'done';
  if (!verified) return codeUnderWay ? 'code' : 'method';
  return termsAccepted ? 'password' : 'terms';
}

export interface NumberFacts extends Numbers {
  /** Typed by the invitee. */
  readonly enteredPhone: string | null;
  readonly enteredPhoneKind: 'mobile' | 'landline' | null;
}

/** Only when the clinic gave no number may the invitee type one. */
export const mayEnterPhone = ({ mobile, landline }: Numbers): boolean => mobile === null && landline === null;

/** The numbers that a code may go to. */
export function numbersOf(facts: NumberFacts): Numbers {
  if (!mayEnterPhone(facts)) return { mobile: facts.mobile, landline: facts.landline };
  const { enteredPhone, enteredPhoneKind } = facts;
  return {
    mobile: enteredPhoneKind === 'mobile' ? enteredPhone : null,
    landline: enteredPhoneKind === 'landline' ? enteredPhone : null,
  };
}

/** Who vouches for the number that was proved. */
export const assuranceOf = (numbers: Numbers): 'clinic' | 'invitee' =>
  mayEnterPhone(numbers) ? 'invitee' : 'clinic';
