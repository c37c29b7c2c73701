import { type ClinicianRole, limits, type Portal } from '@casetalk/contract';
import { and, desc, eq, gt, inArray, isNull, notInArray, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { clinicians, patients, sessions, signInFailures } from '../../db/schema/index.ts';
import { sessionRules } from './sessions.rules.ts';

export interface LiveSession {
  readonly id: string;
  readonly portal: Portal;
  readonly personId: string;
  readonly name: string;
  readonly role: ClinicianRole | null;
  readonly practiceId: string | null;
  readonly termsVersion: string | null;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

const personColumn = (portal: Portal) => (portal === 'clinician' ? sessions.clinicianId : sessions.patientId);

/** The database's own clock decides: neither idle nor over, and the account not disabled. */
function live(portal: Portal) {
  return and(
    eq(sessions.portal, portal),
    gt(sessions.expiresAt, sql`now()`),
    gt(sessions.lastSeenAt, sql`now() - make_interval(secs => ${sessionRules.idleSeconds(portal)})`),
  );
}

export const sessionRepository = {
  async find(tx: Tx, portal: Portal, tokenHash: Buffer): Promise<LiveSession | undefined> {
    const [row] = await tx
      .select({
        id: sessions.id,
        portal: sessions.portal,
        personId: sql<string>`coalesce(${sessions.clinicianId}, ${sessions.patientId})`,
        name: sql<string>`coalesce(${clinicians.name}, ${patients.name})`,
        role: clinicians.role,
        practiceId: clinicians.practiceId,
        termsVersion: patients.termsVersion,
        lastSeenAt: sessions.lastSeenAt,
        expiresAt: sessions.expiresAt,
      })
      .from(sessions)
      .leftJoin(clinicians, eq(clinicians.id, sessions.clinicianId))
      .leftJoin(patients, eq(patients.id, sessions.patientId))
      .where(
        and(
          eq(sessions.tokenHash, tokenHash),
          live(portal),
          isNull(clinicians.disabledAt),
          isNull(patients.disabledAt),
        ),
      );
    return row;
  },

  async touch(tx: Tx, id: string): Promise<void> {
    await tx.update(sessions).set({ lastSeenAt: sql`now()` }).where(eq(sessions.id, id));
  },

  async create(
    tx: Tx,
    session: {
      id: string;
      portal: Portal;
      personId: string;
      tokenHash: Buffer;
      device: string;
      factorProved: boolean;
    },
  ): Promise<void> {
    const { personId, factorProved, ...values } = session;
    await tx.insert(sessions).values({
      ...values,
      passwordProvedAt: sql`now()`,
      factorProvedAt: factorProved ? sql`now()` : null,
      clinicianId: session.portal === 'clinician' ? personId : null,
      patientId: session.portal === 'patient' ? personId : null,
      expiresAt: sql`now() + make_interval(secs => ${sessionRules.totalSeconds})`,
    });
  },

  /** Until when what was proved in a session counts as fresh; null when it does not. */
  async freshness(tx: Tx, id: string): Promise<{ passwordUntil: Date | null; factorUntil: Date | null }> {
    const until = (provedAt: typeof sessions.passwordProvedAt | typeof sessions.factorProvedAt) =>
      sql<Date | null>`case when ${provedAt} > now() - make_interval(secs => ${limits.freshSeconds})
        then ${provedAt} + make_interval(secs => ${limits.freshSeconds}) end`.mapWith(sessions.expiresAt);
    const [row] = await tx
      .select({
        passwordUntil: until(sessions.passwordProvedAt),
        factorUntil: until(sessions.factorProvedAt),
      })
      .from(sessions)
      .where(eq(sessions.id, id));
    return row ?? { passwordUntil: null, factorUntil: null };
  },

  /** Keeps what was proved again, under a new secret: the cookie from before opens nothing more. */
  async confirm(
    tx: Tx,
    id: string,
    proved: { readonly password: boolean; readonly factor: boolean },
    tokenHash: Buffer,
  ): Promise<boolean> {
    const confirmed = await tx
      .update(sessions)
      .set({
        tokenHash,
        ...(proved.password ? { passwordProvedAt: sql`now()` } : {}),
        ...(proved.factor ? { factorProvedAt: sql`now()` } : {}),
      })
      .where(eq(sessions.id, id))
      .returning({ id: sessions.id });
    return confirmed.length === 1;
  },

  /** @returns the ids of the sessions beyond the newest few, which are over now */
  async endOldest(tx: Tx, portal: Portal, personId: string): Promise<string[]> {
    const mine = eq(personColumn(portal), personId);
    const newest = tx
      .select({ id: sessions.id })
      .from(sessions)
      .where(mine)
      .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
      .limit(sessionRules.most);
    const ended = await tx
      .delete(sessions)
      .where(and(mine, notInArray(sessions.id, newest)))
      .returning({ id: sessions.id });
    return ended.map((row) => row.id);
  },

  async list(tx: Tx, portal: Portal, personId: string) {
    return tx
      .select()
      .from(sessions)
      .where(and(eq(personColumn(portal), personId), live(portal)))
      .orderBy(desc(sessions.lastSeenAt), desc(sessions.id));
  },

  /** @returns those of the given sessions that are neither idle for too long nor over, nor of a disabled account */
  async aliveAmong(tx: Tx, ids: readonly string[]): Promise<string[]> {
    const rows = await tx
      .select({ id: sessions.id })
      .from(sessions)
      .leftJoin(clinicians, eq(clinicians.id, sessions.clinicianId))
      .leftJoin(patients, eq(patients.id, sessions.patientId))
      .where(
        and(
          inArray(sessions.id, [...ids]),
          or(live('clinician'), live('patient')),
          isNull(clinicians.disabledAt),
          isNull(patients.disabledAt),
        ),
      );
    return rows.map((row) => row.id);
  },

  async end(tx: Tx, portal: Portal, personId: string, id: string): Promise<boolean> {
    const ended = await tx
      .delete(sessions)
      .where(and(eq(personColumn(portal), personId), eq(sessions.id, id)))
      .returning({ id: sessions.id });
    return ended.length === 1;
  },

  /** @returns the id of the session that this secret opened, if it lived */
  async endByToken(tx: Tx, portal: Portal, tokenHash: Buffer): Promise<string[]> {
    const ended = await tx
      .delete(sessions)
      .where(and(eq(sessions.portal, portal), eq(sessions.tokenHash, tokenHash)))
      .returning({ id: sessions.id });
    return ended.map((row) => row.id);
  },

  async endAll(tx: Tx, portal: Portal, personId: string, exceptId?: string): Promise<string[]> {
    const ended = await tx
      .delete(sessions)
      .where(
        and(eq(personColumn(portal), personId), exceptId ? notInArray(sessions.id, [exceptId]) : undefined),
      )
      .returning({ id: sessions.id });
    return ended.map((row) => row.id);
  },

  /**
   * Claims one try for an address in a single statement, before any password is compared: fifty at once cannot all pass
   * a limit of five. Failures older than a day are forgotten.
   * @returns false when the address must wait
   */
  async claimTry(tx: Tx, key: string): Promise<boolean> {
    const forgotten = sql`${signInFailures.updatedAt} < now() - interval '1 day'`;
    const next = sql`case when ${forgotten} then 1 else ${signInFailures.failures} + 1 end`;
    const wait = sql`least(${sessionRules.longestWaitSeconds}, ${sessionRules.firstWaitSeconds} * power(2, least(20, ${next} - ${sessionRules.freeTries + 1})))`;
    const claimed = await tx
      .insert(signInFailures)
      .values({ key, failures: 1 })
      .onConflictDoUpdate({
        target: signInFailures.key,
        set: {
          failures: next,
          blockedUntil: sql`case when ${next} > ${sessionRules.freeTries} then now() + make_interval(secs => ${wait}) end`,
          updatedAt: sql`now()`,
        },
        setWhere: sql`${forgotten} or (${signInFailures.failures} < ${sessionRules.hardStop}
          and coalesce(${signInFailures.blockedUntil}, now()) <= now())`,
      })
      .returning({ key: signInFailures.key });
    return claimed.length === 1;
  },

  /** @returns seconds until the next try, at least one; after the hard stop, until the failures are forgotten */
  async secondsToWait(tx: Tx, key: string): Promise<number> {
    const [row] = await tx
      .select({
        seconds: sql<number>`greatest(1, ceil(extract(epoch from case
          when ${signInFailures.failures} >= ${sessionRules.hardStop} then ${signInFailures.updatedAt} + interval '1 day'
          else ${signInFailures.blockedUntil} end - now())))::int`,
      })
      .from(signInFailures)
      .where(eq(signInFailures.key, key));
    return row?.seconds ?? 1;
  },

  async forgiveFailures(tx: Tx, key: string): Promise<void> {
    await tx.delete(signInFailures).where(eq(signInFailures.key, key));
  },
};
