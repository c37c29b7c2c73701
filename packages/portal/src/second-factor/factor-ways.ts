import type { Result } from '@casetalk/client';
import type { FactorMethod, PasskeyProof, PasskeyRequest, Verification } from '@casetalk/contract';
import type { LookForCode } from '../verification/use-code-state.ts';

/** Where each second factor is proved, and what a proof opens: a session, or a change of the account. */
export interface FactorWays<Done> {
  readonly authenticator: (code: string) => Promise<Result<Done>>;
  readonly recoveryCode: (code: string) => Promise<Result<Done>>;
  readonly passkey: {
    readonly ask: () => Promise<Result<PasskeyRequest>>;
    readonly submit: (credential: PasskeyProof) => Promise<Result<Done>>;
  };
  readonly phone: {
    readonly send: (methodId: string) => Promise<Result<Verification>>;
    readonly submit: (code: string) => Promise<Result<Done>>;
    readonly look: LookForCode;
  };
}

/** Has every answer looked at, such as for a sign-in that is over, before the step that asked sees it. */
export function watchedWays<Done>(
  ways: FactorWays<Done>,
  watch: <T>(call: Promise<Result<T>>) => Promise<Result<T>>,
): FactorWays<Done> {
  return {
    authenticator: (code) => watch(ways.authenticator(code)),
    recoveryCode: (code) => watch(ways.recoveryCode(code)),
    passkey: {
      ask: () => watch(ways.passkey.ask()),
      submit: (credential) => watch(ways.passkey.submit(credential)),
    },
    phone: {
      send: (methodId) => watch(ways.phone.send(methodId)),
      submit: (code) => watch(ways.phone.submit(code)),
      look: () => watch(ways.phone.look()),
    },
  };
}

/** The ways that this browser can go, best first. */
export const possibleMethods = (
  methods: readonly FactorMethod[],
  passkeys: boolean,
): readonly FactorMethod[] => (passkeys ? methods : methods.filter((method) => method !== 'passkey'));
