import type { Portal } from '@casetalk/contract';
import { and, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { clinicians, passwordResets, patients } from '../../db/schema/index.ts';
import { resetLife } from './password-resets.rules.ts';

const linkIsAlive = and(isNull(passwordResets.usedAt), gt(passwordResets.expiresAt, sql`now()`));
const flowIsAlive = and(isNull(passwordResets.usedAt), gt(passwordResets.flowExpiresAt, sql`now()`));

export type ResetFacts = NonNullable<Awaited<ReturnType<typeof passwordResetRepository.find>>>;

export const passwordResetRepository = {
  /** The same statement for every address: one that has no account leaves a row that belongs to nobody. */
  async request(tx: Tx, id: string, portal: Portal, email: string): Promise<void> {
    const account = (table: typeof clinicians | typeof patients) =>
      sql`(select id from ${table} where email = ${email} and disabled_at is null)`;
    await tx.insert(passwordResets).values({
      id,
      portal,
      clinicianId: portal === 'clinician' ? account(clinicians) : null,
      patientId: portal === 'patient' ? account(patients) : null,
      expiresAt: sql`now() + make_interval(secs => ${resetLife.link})`,
    });
  },

  async byToken(tx: Tx, portal: Portal, tokenHash: Buffer) {
    const [row] = await tx
      .select({
        id: passwordResets.id,
        used: sql<boolean>`${passwordResets.usedAt} is not null`,
        overdue: sql<boolean>`${passwordResets.expiresAt} <= now()`,
      })
      .from(passwordResets)
      .where(and(eq(passwordResets.tokenHash, tokenHash), eq(passwordResets.portal, portal)));
    return row;
  },

  /** Gives the link to one browser; the proof of an earlier one does not come along. */
  async begin(tx: Tx, id: string, flowHash: Buffer): Promise<boolean> {
    const begun = await tx
      .update(passwordResets)
      .set({
        flowHash,
        verifiedAt: null,
        flowExpiresAt: sql`now() + make_interval(secs => ${resetLife.idle})`,
      })
      .where(and(eq(passwordResets.id, id), linkIsAlive))
      .returning({ id: passwordResets.id });
    return begun.length > 0;
  },

  /** Finds a live flow by its cookie, and counts the request as a sign of life. */
  async touch(tx: Tx, portal: Portal, flowHash: Buffer): Promise<string | undefined> {
    const [row] = await tx
      .update(passwordResets)
      .set({
        flowExpiresAt: sql`least(now() + make_interval(secs => ${resetLife.idle}),
          ${passwordResets.createdAt} + make_interval(secs => ${resetLife.link + resetLife.flow}))`,
      })
      .where(and(eq(passwordResets.flowHash, flowHash), eq(passwordResets.portal, portal), flowIsAlive))
      .returning({ id: passwordResets.id });
    return row?.id;
  },

  async find(tx: Tx, id: string) {
    const [row] = await tx
      .select({
        id: passwordResets.id,
        portal: passwordResets.portal,
        personId: sql<string>`coalesce(${passwordResets.clinicianId}, ${passwordResets.patientId})`,
        phone: sql<string>`coalesce(${clinicians.phone}, ${patients.phone})`,
        phoneKind: sql<'mobile' | 'landline'>`coalesce(${clinicians.phoneKind}, ${patients.phoneKind})`,
        verifiedAt: passwordResets.verifiedAt,
        usedAt: passwordResets.usedAt,
        flowExpiresAt: passwordResets.flowExpiresAt,
      })
      .from(passwordResets)
      .leftJoin(clinicians, eq(clinicians.id, passwordResets.clinicianId))
      .leftJoin(patients, eq(patients.id, passwordResets.patientId))
      .where(eq(passwordResets.id, id));
    return row;
  },

  async markVerified(tx: Tx, id: string): Promise<boolean> {
    const verified = await tx
      .update(passwordResets)
      .set({ verifiedAt: sql`now()` })
      .where(and(eq(passwordResets.id, id), isNull(passwordResets.verifiedAt), flowIsAlive))
      .returning({ id: passwordResets.id });
    return verified.length > 0;
  },

  /** A reset works once. */
  async use(tx: Tx, id: string): Promise<boolean> {
    const used = await tx
      .update(passwordResets)
      .set({ usedAt: sql`now()` })
      .where(and(eq(passwordResets.id, id), isNotNull(passwordResets.verifiedAt), flowIsAlive))
      .returning({ id: passwordResets.id });
    return used.length > 0;
  },

  /** A password that was set makes every other open reset of the account worthless. */
  async endOthers(tx: Tx, portal: Portal, personId: string): Promise<void> {
    const mine =
      portal === 'clinician'
        ? eq(passwordResets.clinicianId, personId)
        : eq(passwordResets.patientId, personId);
    await tx
      .update(passwordResets)
      .set({ usedAt: sql`now()` })
      .where(and(mine, isNull(passwordResets.usedAt)));
  },

  /** What the mail needs; undefined when the address belonged to nobody, or the reset is over. */
  async outgoing(tx: Tx, id: string) {
    const [row] = await tx
      .select({
        portal: passwordResets.portal,
        email: sql<string | null>`coalesce(${clinicians.email}, ${patients.email})`,
        language: sql<'en' | 'es'>`coalesce(${patients.language}, 'en')`,
      })
      .from(passwordResets)
      .leftJoin(clinicians, eq(clinicians.id, passwordResets.clinicianId))
      .leftJoin(patients, eq(patients.id, passwordResets.patientId))
      .where(and(eq(passwordResets.id, id), linkIsAlive));
    return row?.email ? { ...row, email: row.email } : undefined;
  },

  async setToken(tx: Tx, id: string, tokenHash: Buffer): Promise<boolean> {
    const set = await tx
      .update(passwordResets)
      .set({ tokenHash, expiresAt: sql`now() + make_interval(secs => ${resetLife.link})` })
      .where(and(eq(passwordResets.id, id), linkIsAlive, isNull(passwordResets.flowHash)))
      .returning({ id: passwordResets.id });
    return set.length > 0;
  },
};
