import { limits } from '@casetalk/contract';
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { contactChanges, factorCeremonies, invitations, passwordResets } from '../../db/schema/index.ts';
import type { CodeFlow } from './flow.ts';

export interface Budget {
  readonly triesUsed: number;
  readonly sends: number;
  /** Whole seconds until codes work again after too many wrong ones; null when nothing is locked. */
  readonly lockedSeconds: number | null;
}

const owners = {
  registration: invitations,
  passwordReset: passwordResets,
  secondFactor: factorCeremonies,
  contactChange: contactChanges,
} as const;
const ownerOf = (flow: CodeFlow) => owners[flow.kind];

async function select(tx: Tx, flow: CodeFlow, locking: SQL): Promise<Budget | undefined> {
  const { rows } = await tx.execute<{ tries: number; sends: number; locked: number | null }>(sql`
    select code_tries_used as tries, code_sends as sends,
      case when code_locked_until > now() then ceil(extract(epoch from code_locked_until - now()))::int end as locked
    from ${ownerOf(flow)} where id = ${flow.ownerId} ${locking}`);
  const [row] = rows;
  return row && { triesUsed: row.tries, sends: row.sends, lockedSeconds: row.locked };
}

/** The budget of tries and sends, which stands on the record that the code protects. Every change is conditional. */
export const budgetRepository = {
  read: (tx: Tx, flow: CodeFlow): Promise<Budget | undefined> => select(tx, flow, sql``),

  /** Holds the owner until the transaction ends, so that sends of one flow follow each other. */
  hold: (tx: Tx, flow: CodeFlow): Promise<Budget | undefined> => select(tx, flow, sql`for update`),

  /** @returns tries used with this one; undefined when none is left or codes are locked */
  async claimTry(tx: Tx, flow: CodeFlow): Promise<number | undefined> {
    const { rows } = await tx.execute<{ tries: number }>(sql`
      update ${ownerOf(flow)} set code_tries_used = code_tries_used + 1
      where id = ${flow.ownerId} and code_tries_used < ${limits.codeTriesPerInvitation}
        and (code_locked_until is null or code_locked_until <= now())
      returning code_tries_used as tries`);
    return rows[0]?.tries;
  },

  /** The right code costs nothing. */
  async giveTryBack(tx: Tx, flow: CodeFlow): Promise<void> {
    await tx.execute(sql`
      update ${ownerOf(flow)} set code_tries_used = greatest(0, code_tries_used - 1) where id = ${flow.ownerId}`);
  },

  async lock(tx: Tx, flow: CodeFlow): Promise<void> {
    await tx.execute(sql`
      update ${ownerOf(flow)} set code_locked_until = now() + make_interval(secs => ${limits.codeLockSeconds})
      where id = ${flow.ownerId}`);
  },

  /** @returns false when the flow has had all the codes that it may have */
  async claimSend(tx: Tx, flow: CodeFlow, cap: number): Promise<boolean> {
    const { rows } = await tx.execute(sql`
      update ${ownerOf(flow)} set code_sends = code_sends + 1
      where id = ${flow.ownerId} and code_sends < ${cap} returning id`);
    return rows.length > 0;
  },
};
