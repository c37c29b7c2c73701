import type { Freshness } from '@casetalk/contract';
import type { Person } from '../../actors.ts';
import type { Database, Tx } from '../../db/database.ts';
import { newSecret } from '../../gateways/random.ts';
import { ProblemError } from '../../problem-error.ts';
import { sessionRepository } from './sessions.repository.ts';

/** What a session can have been asked to prove again. */
export type Proof = 'password' | 'factor';

/** What was proved in a session, and how long ago: some changes want it fresh. */
export function createSessionProofs(db: Pick<Database, 'transaction'>) {
  return {
    freshness: async (person: Person): Promise<Freshness> => {
      const { passwordUntil, factorUntil } = await db.transaction((tx) =>
        sessionRepository.freshness(tx, person.sessionId),
      );
      return {
        passwordUntil: passwordUntil?.toISOString() ?? null,
        factorUntil: factorUntil?.toISOString() ?? null,
      };
    },

    /**
     * Lets on only who proved these things within the last five minutes.
     * @throws ProblemError `reauthentication-needed`, naming what has to be confirmed again
     */
    async requireFresh(person: Person, wanted: readonly Proof[] = ['password', 'factor']): Promise<void> {
      const { passwordUntil, factorUntil } = await db.transaction((tx) =>
        sessionRepository.freshness(tx, person.sessionId),
      );
      const fresh = { password: passwordUntil !== null, factor: factorUntil !== null };
      const missing = wanted.filter((proof) => !fresh[proof]);
      if (missing.length > 0) throw new ProblemError('reauthentication-needed', { needs: missing });
    },

    /** Keeps that something was proved again. @returns the session's new secret, stored nowhere */
    async confirm(tx: Tx, person: Person, proved: Readonly<Record<Proof, boolean>>): Promise<string> {
      const { secret, hash } = newSecret();
      if (!(await sessionRepository.confirm(tx, person.sessionId, proved, hash))) {
        throw new ProblemError('unauthenticated');
      }
      return secret;
    },
  };
}
