import type { PhoneKind } from '@casetalk/contract';
import { and, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { contactChanges, patients } from '../../db/schema/index.ts';
import { changeLife } from './contact-changes.rules.ts';

const isAlive = and(isNull(contactChanges.endedAt), gt(contactChanges.expiresAt, sql`now()`));
const lasting = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`;

export type PhoneChangeRow = NonNullable<Awaited<ReturnType<typeof contactChangeRepository.phoneChange>>>;

/** New numbers and addresses that are still to be proved. */
export const contactChangeRepository = {
  /** Takes the place of a change that was begun before; codes sent for that one prove nothing more. */
  async startPhone(
    tx: Tx,
    change: { id: string; patientId: string; phone: string; phoneKind: PhoneKind },
  ): Promise<void> {
    await tx
      .update(contactChanges)
      .set({ endedAt: sql`now()` })
      .where(and(eq(contactChanges.patientId, change.patientId), isNotNull(contactChanges.phone), isAlive));
    await tx.insert(contactChanges).values({ ...change, expiresAt: lasting(changeLife.phone) });
  },

  async phoneChange(tx: Tx, patientId: string) {
    const [row] = await tx
      .select({
        id: contactChanges.id,
        phone: sql<string>`${contactChanges.phone}`,
        phoneKind: sql<PhoneKind>`${contactChanges.phoneKind}`,
        expiresAt: contactChanges.expiresAt,
      })
      .from(contactChanges)
      .where(and(eq(contactChanges.patientId, patientId), isNotNull(contactChanges.phone), isAlive))
      .orderBy(desc(contactChanges.createdAt), desc(contactChanges.id))
      .limit(1);
    return row;
  },

  async startEmail(tx: Tx, change: { id: string; patientId: string; email: string }): Promise<void> {
    await tx
      .update(contactChanges)
      .set({ endedAt: sql`now()` })
      .where(and(eq(contactChanges.patientId, change.patientId), isNotNull(contactChanges.email), isAlive));
    await tx.insert(contactChanges).values({ ...change, expiresAt: lasting(changeLife.email) });
  },

  async emailChange(tx: Tx, tokenHash: Buffer) {
    const [row] = await tx
      .select({
        id: contactChanges.id,
        patientId: contactChanges.patientId,
        email: sql<string>`${contactChanges.email}`,
        used: sql<boolean>`${contactChanges.endedAt} is not null`,
        overdue: sql<boolean>`${contactChanges.expiresAt} <= now()`,
      })
      .from(contactChanges)
      .where(eq(contactChanges.tokenHash, tokenHash));
    return row;
  },

  /** A change works once. @returns false when it was over */
  async end(tx: Tx, id: string, oldEmail?: string): Promise<boolean> {
    const ended = await tx
      .update(contactChanges)
      .set({ endedAt: sql`now()`, ...(oldEmail === undefined ? {} : { oldEmail }) })
      .where(and(eq(contactChanges.id, id), isAlive))
      .returning({ id: contactChanges.id });
    return ended.length > 0;
  },

  /** What the mail with the link needs; undefined when the change is over, or the address has an account already. */
  async outgoingLink(tx: Tx, id: string) {
    const [row] = await tx
      .select({ email: contactChanges.email, language: patients.language })
      .from(contactChanges)
      .innerJoin(patients, eq(patients.id, contactChanges.patientId))
      .where(
        and(
          eq(contactChanges.id, id),
          isAlive,
          sql`not exists (select from ${patients} taken where taken.email = ${contactChanges.email})`,
        ),
      );
    return row?.email ? { ...row, email: row.email } : undefined;
  },

  async setToken(tx: Tx, id: string, tokenHash: Buffer): Promise<boolean> {
    const set = await tx
      .update(contactChanges)
      .set({ tokenHash })
      .where(and(eq(contactChanges.id, id), isAlive))
      .returning({ id: contactChanges.id });
    return set.length > 0;
  },

  /** The address from before a change that is done, and how its owner reads. */
  async oldAddress(tx: Tx, id: string) {
    const [row] = await tx
      .select({ email: contactChanges.oldEmail, language: patients.language })
      .from(contactChanges)
      .innerJoin(patients, eq(patients.id, contactChanges.patientId))
      .where(eq(contactChanges.id, id));
    return row?.email ? { ...row, email: row.email } : undefined;
  },
};
