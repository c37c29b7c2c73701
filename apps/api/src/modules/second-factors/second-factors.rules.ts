import { type FactorMethod, limits, type Portal, type SignInProgress } from '@casetalk/contract';

/** What a person has set up. */
export interface FactorFacts {
  readonly portal: Portal;
  readonly hasAuthenticator: boolean;
  readonly passkeys: number;
  readonly recoveryCodesLeft: number;
}

/** True when a clinician has nothing yet to sign in with beside the password; patients always have their phone. */
export const mustEnrol = ({ portal, hasAuthenticator, passkeys }: FactorFacts): boolean =>
  portal === 'clinician' && !hasAuthenticator && passkeys === 0;

/** The ways in which a person can prove a second factor, best first. */
export function methodsOf(facts: FactorFacts): FactorMethod[] {
  const { portal, hasAuthenticator, passkeys, recoveryCodesLeft } = facts;
  const has: Readonly<Record<FactorMethod, boolean>> = {
    passkey: passkeys > 0,
    authenticator: hasAuthenticator,
    phone: portal === 'patient',
    recoveryCode: recoveryCodesLeft > 0 && !mustEnrol(facts),
  };
  return (Object.keys(has) as FactorMethod[]).filter((method) => has[method]);
}

export const enrolmentMethods: readonly FactorMethod[] = ['passkey', 'authenticator'];

/** Where a sign-in stands whose password was right. */
export const stepOf = (facts: FactorFacts): SignInProgress['step'] =>
  mustEnrol(facts) ? 'enrolment' : 'secondFactor';

/** A clinician always keeps an authenticator app or a passkey. */
export const mayRemoveOne = ({ portal, hasAuthenticator, passkeys }: FactorFacts): boolean =>
  portal === 'patient' || (hasAuthenticator ? 1 : 0) + passkeys > 1;

export const mayAddPasskey = ({ passkeys }: FactorFacts): boolean => passkeys < limits.passkeysPerPerson;

/** A recovery code as it is written down: `k7wq-3m9x-t2hd`. */
export const writtenCode = (code: string): string => code.match(/.{4}/g)?.join('-') ?? code;
