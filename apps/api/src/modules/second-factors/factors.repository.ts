import type { Portal } from '@casetalk/contract';
import { and, asc, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { authenticators, clinicians, passkeys, patients, recoveryCodes } from '../../db/schema/index.ts';
import { isOwn, type Owner, ownedBy } from './owner.ts';
import type { FactorFacts } from './second-factors.rules.ts';

export type PasskeyRow = typeof passkeys.$inferSelect;
/** The public half of a passkey that is to be kept. */
export type NewPasskeyRow = Pick<
  PasskeyRow,
  'credentialId' | 'publicKey' | 'counter' | 'transports' | 'synced'
>;

const people = (portal: Portal) => (portal === 'clinician' ? clinicians : patients);

/** What a person has set up. */
export const factorRepository = {
  async facts(tx: Tx, owner: Owner): Promise<FactorFacts> {
    const count = (table: typeof authenticators | typeof passkeys) =>
      sql<number>`(select count(*)::int from ${table} where ${isOwn(table, owner)})`;
    const left = sql<number>`(select count(*)::int from ${recoveryCodes}
      where ${recoveryCodes.clinicianId} = ${owner.personId} and ${recoveryCodes.usedAt} is null)`;
    const { rows } = await tx.execute<{ authenticators: number; passkeys: number; codes: number }>(
      sql`select ${count(authenticators)} as authenticators, ${count(passkeys)} as passkeys, ${left} as codes`,
    );
    const [row] = rows;
    return {
      portal: owner.portal,
      hasAuthenticator: (row?.authenticators ?? 0) > 0,
      passkeys: row?.passkeys ?? 0,
      recoveryCodesLeft: row?.codes ?? 0,
    };
  },

  /** The same, while nobody else can change it until the transaction ends. */
  async holdFacts(tx: Tx, owner: Owner): Promise<FactorFacts> {
    const table = people(owner.portal);
    await tx.select({ id: table.id }).from(table).where(eq(table.id, owner.personId)).for('no key update');
    return factorRepository.facts(tx, owner);
  },

  /** The database's clock, in milliseconds since 1970: codes are judged by it. */
  async now(tx: Tx): Promise<number> {
    const { rows } = await tx.execute<{ now: number }>(
      sql`select floor(extract(epoch from now()) * 1000)::float8 as now`,
    );
    return rows[0]?.now ?? 0;
  },

  async authenticator(tx: Tx, owner: Owner) {
    const [row] = await tx.select().from(authenticators).where(isOwn(authenticators, owner));
    return row;
  },

  /** Takes the place of the one before. `lastStep` is the step of the code that proved it. */
  async putAuthenticator(
    tx: Tx,
    owner: Owner,
    values: { id: string; sealedSecret: Buffer; lastStep: number },
  ): Promise<void> {
    await tx.delete(authenticators).where(isOwn(authenticators, owner));
    await tx.insert(authenticators).values({ ...values, ...ownedBy(owner), lastUsedAt: sql`now()` });
  },

  /** A code works once, and none that is older. @returns false when it was used already */
  async useStep(tx: Tx, id: string, step: number): Promise<boolean> {
    const used = await tx
      .update(authenticators)
      .set({ lastStep: step, lastUsedAt: sql`now()` })
      .where(and(eq(authenticators.id, id), lt(authenticators.lastStep, step)))
      .returning({ id: authenticators.id });
    return used.length > 0;
  },

  async removeAuthenticator(tx: Tx, owner: Owner): Promise<boolean> {
    const removed = await tx
      .delete(authenticators)
      .where(isOwn(authenticators, owner))
      .returning({ id: authenticators.id });
    return removed.length > 0;
  },

  passkeys: (tx: Tx, owner: Owner): Promise<PasskeyRow[]> =>
    tx
      .select()
      .from(passkeys)
      .where(isOwn(passkeys, owner))
      .orderBy(asc(passkeys.createdAt), asc(passkeys.id)),

  /** @returns undefined when the credential is kept already, by this person or another */
  async addPasskey(
    tx: Tx,
    owner: Owner,
    name: string,
    passkey: NewPasskeyRow,
  ): Promise<PasskeyRow | undefined> {
    const [row] = await tx
      .insert(passkeys)
      .values({ id: newId(), name, ...ownedBy(owner), ...passkey })
      .onConflictDoNothing({ target: passkeys.credentialId })
      .returning();
    return row;
  },

  /** Moves the counter forward. @returns false when another use has moved it as far: the passkey may be a copy */
  async usePasskey(tx: Tx, id: string, used: { counter: number; synced: boolean }): Promise<boolean> {
    const moved = await tx
      .update(passkeys)
      .set({ ...used, lastUsedAt: sql`now()` })
      .where(
        and(
          eq(passkeys.id, id),
          or(lt(passkeys.counter, used.counter), used.counter === 0 ? eq(passkeys.counter, 0) : undefined),
        ),
      )
      .returning({ id: passkeys.id });
    return moved.length > 0;
  },

  async renamePasskey(tx: Tx, owner: Owner, id: string, name: string): Promise<PasskeyRow | undefined> {
    const [row] = await tx
      .update(passkeys)
      .set({ name })
      .where(and(eq(passkeys.id, id), isOwn(passkeys, owner)))
      .returning();
    return row;
  },

  async removePasskey(tx: Tx, owner: Owner, id: string): Promise<boolean> {
    const removed = await tx
      .delete(passkeys)
      .where(and(eq(passkeys.id, id), isOwn(passkeys, owner)))
      .returning({ id: passkeys.id });
    return removed.length > 0;
  },

  /** The codes before stop working. */
  async replaceRecoveryCodes(tx: Tx, clinicianId: string, hashes: readonly Buffer[]): Promise<void> {
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.clinicianId, clinicianId));
    await tx.insert(recoveryCodes).values(hashes.map((codeHash) => ({ id: newId(), clinicianId, codeHash })));
  },

  /** @returns false when there is no such code, or it was used */
  async useRecoveryCode(tx: Tx, clinicianId: string, codeHash: Buffer): Promise<boolean> {
    const used = await tx
      .update(recoveryCodes)
      .set({ usedAt: sql`now()` })
      .where(
        and(
          eq(recoveryCodes.clinicianId, clinicianId),
          eq(recoveryCodes.codeHash, codeHash),
          isNull(recoveryCodes.usedAt),
        ),
      )
      .returning({ id: recoveryCodes.id });
    return used.length > 0;
  },

  async removeAll(tx: Tx, owner: Owner): Promise<void> {
    await tx.delete(authenticators).where(isOwn(authenticators, owner));
    await tx.delete(passkeys).where(isOwn(passkeys, owner));
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.clinicianId, owner.personId));
  },
};
