import { limits, type Portal } from '@casetalk/contract';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { clinicians, factorCeremonies, patients } from '../../db/schema/index.ts';
import { isOwn, type Owner, ownedBy } from './owner.ts';

const isAlive = and(isNull(factorCeremonies.endedAt), gt(factorCeremonies.expiresAt, sql`now()`));
const life = sql`now() + make_interval(secs => ${limits.signInSeconds})`;

export type ChallengeFor = 'creation' | 'proof';

/** The exchanges in which second factors are proved and set up. All times are the database's. */
export const ceremonyRepository = {
  async beginSignIn(
    tx: Tx,
    owner: Owner,
    values: { id: string; tokenHash: Buffer; device: string },
  ): Promise<void> {
    await tx.insert(factorCeremonies).values({ ...values, ...ownedBy(owner), expiresAt: life });
  },

  /** Whose sign-in a cookie belongs to, unless it is over or the account was disabled meanwhile. */
  async resolveSignIn(tx: Tx, portal: Portal, tokenHash: Buffer) {
    const [row] = await tx
      .select({
        id: factorCeremonies.id,
        personId: sql<string>`coalesce(${factorCeremonies.clinicianId}, ${factorCeremonies.patientId})`,
      })
      .from(factorCeremonies)
      .leftJoin(clinicians, eq(clinicians.id, factorCeremonies.clinicianId))
      .leftJoin(patients, eq(patients.id, factorCeremonies.patientId))
      .where(
        and(
          eq(factorCeremonies.tokenHash, tokenHash),
          eq(factorCeremonies.portal, portal),
          isAlive,
          isNull(clinicians.disabledAt),
          isNull(patients.disabledAt),
        ),
      );
    return row;
  },

  /** The session's own exchange, begun or taken up again; what it asked for long ago is forgotten, its tries are not. */
  async ofSession(tx: Tx, owner: Owner, sessionId: string): Promise<string> {
    const fresh = (column: typeof factorCeremonies.sealedSecret | typeof factorCeremonies.challenge) =>
      sql`case when ${factorCeremonies.expiresAt} > now() then ${column} end`;
    const [row] = await tx
      .insert(factorCeremonies)
      .values({ id: newId(), ...ownedBy(owner), sessionId, expiresAt: life })
      .onConflictDoUpdate({
        target: factorCeremonies.sessionId,
        set: {
          sealedSecret: fresh(factorCeremonies.sealedSecret),
          challenge: fresh(factorCeremonies.challenge),
          expiresAt: life,
        },
      })
      .returning({ id: factorCeremonies.id });
    if (!row) throw new Error('A session’s exchange was neither made nor found.');
    return row.id;
  },

  /** The exchange that the session has under way. */
  async liveOfSession(tx: Tx, sessionId: string): Promise<string | undefined> {
    const [row] = await tx
      .select({ id: factorCeremonies.id })
      .from(factorCeremonies)
      .where(and(eq(factorCeremonies.sessionId, sessionId), isAlive));
    return row?.id;
  },

  async find(tx: Tx, id: string) {
    const [row] = await tx
      .select()
      .from(factorCeremonies)
      .where(and(eq(factorCeremonies.id, id), isAlive));
    return row;
  },

  /** A new challenge ends the one before it. @returns false when the exchange is over */
  async setChallenge(tx: Tx, id: string, challengeFor: ChallengeFor, challenge: string): Promise<boolean> {
    const set = await tx
      .update(factorCeremonies)
      .set({ challenge, challengeFor })
      .where(and(eq(factorCeremonies.id, id), isAlive))
      .returning({ id: factorCeremonies.id });
    return set.length > 0;
  },

  /** Takes the challenge away: of any number of answers to it, one is judged. */
  async takeChallenge(tx: Tx, id: string, challengeFor: ChallengeFor): Promise<string | undefined> {
    const [row] = await tx
      .select({ challenge: factorCeremonies.challenge })
      .from(factorCeremonies)
      .where(and(eq(factorCeremonies.id, id), eq(factorCeremonies.challengeFor, challengeFor), isAlive));
    if (!row?.challenge) return undefined;
    const taken = await tx
      .update(factorCeremonies)
      .set({ challenge: null, challengeFor: null })
      .where(and(eq(factorCeremonies.id, id), eq(factorCeremonies.challenge, row.challenge)))
      .returning({ id: factorCeremonies.id });
    return taken.length > 0 ? row.challenge : undefined;
  },

  /** Keeps a secret that waits for its first code, unless there is one already. @returns the one that counts */
  async keepSecret(tx: Tx, id: string, sealedSecret: Buffer) {
    const [row] = await tx
      .update(factorCeremonies)
      .set({ sealedSecret: sql`coalesce(${factorCeremonies.sealedSecret}, ${sealedSecret})` })
      .where(and(eq(factorCeremonies.id, id), isAlive))
      .returning({ sealedSecret: factorCeremonies.sealedSecret, expiresAt: factorCeremonies.expiresAt });
    return row;
  },

  /** @returns false when the secret was used in the meantime */
  async takeSecret(tx: Tx, id: string): Promise<boolean> {
    const taken = await tx
      .update(factorCeremonies)
      .set({ sealedSecret: null })
      .where(and(eq(factorCeremonies.id, id), sql`${factorCeremonies.sealedSecret} is not null`, isAlive))
      .returning({ id: factorCeremonies.id });
    return taken.length > 0;
  },

  /** A sign-in leads to one session. @returns false when it was over already */
  async end(tx: Tx, id: string): Promise<boolean> {
    const ended = await tx
      .update(factorCeremonies)
      .set({ endedAt: sql`now()`, challenge: null, sealedSecret: null })
      .where(and(eq(factorCeremonies.id, id), isAlive))
      .returning({ id: factorCeremonies.id });
    return ended.length > 0;
  },

  /** The password that they were begun with is no longer the password. */
  async endSignIns(tx: Tx, owner: Owner): Promise<void> {
    await tx
      .update(factorCeremonies)
      .set({ endedAt: sql`now()`, challenge: null, sealedSecret: null })
      .where(and(isOwn(factorCeremonies, owner), isNull(factorCeremonies.sessionId), isAlive));
  },
};
