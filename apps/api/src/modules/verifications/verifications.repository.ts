import { limits } from '@casetalk/contract';
import { and, desc, eq, getTableColumns, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { codeSends, verifications } from '../../db/schema/index.ts';
import type { CodeFlow } from './flow.ts';
import { type Destination, sendCaps } from './verifications.rules.ts';

const { sealedCode: _never, ...columns } = getTableColumns(verifications);

const flowColumns = {
  registration: 'registrationId',
  passwordReset: 'passwordResetId',
  secondFactor: 'factorCeremonyId',
  contactChange: 'contactChangeId',
} as const;

const ofFlow = ({ kind, id }: CodeFlow) => eq(verifications[flowColumns[kind]], id);

/** A code lives until it is used, over by the database's clock, or was guessed at too often. */
const isAlive = and(
  isNull(verifications.consumedAt),
  gt(verifications.expiresAt, sql`now()`),
  lt(verifications.triesUsed, limits.codeTries),
);

export const verificationRepository = {
  async live(tx: Tx, flow: CodeFlow) {
    const [row] = await tx
      .select({
        ...columns,
        cooling: sql<boolean>`${verifications.lastSentAt} > now() - make_interval(secs => ${limits.resendCoolDownSeconds})`,
      })
      .from(verifications)
      .where(and(ofFlow(flow), isAlive))
      .orderBy(desc(verifications.createdAt), desc(verifications.id))
      .limit(1);
    return row;
  },

  async create(tx: Tx, flow: CodeFlow, id: string, sealedCode: Buffer, to: Destination): Promise<void> {
    await tx.insert(verifications).values({
      id,
      [flowColumns[flow.kind]]: flow.id,
      channel: to.channel,
      phone: to.phone,
      phoneKind: to.phoneKind,
      sealedCode,
      expiresAt: sql`now() + make_interval(secs => ${limits.codeLifeSeconds})`,
    });
  },

  /** The same code once more, perhaps by another channel; its life does not start again. @returns how often it was sent */
  async repeat(tx: Tx, id: string, to: Destination): Promise<number | undefined> {
    const [row] = await tx
      .update(verifications)
      .set({
        channel: to.channel,
        phone: to.phone,
        phoneKind: to.phoneKind,
        sends: sql`${verifications.sends} + 1`,
        state: 'sending',
        failure: null,
        lastSentAt: sql`now()`,
      })
      .where(and(eq(verifications.id, id), isAlive))
      .returning({ sends: verifications.sends });
    return row?.sends;
  },

  /** Ends a flow's codes: the number that they went to is no longer the flow's. */
  async endAll(tx: Tx, flow: CodeFlow): Promise<void> {
    await tx
      .update(verifications)
      .set({ expiresAt: sql`now()` })
      .where(and(ofFlow(flow), isAlive));
  },

  /** Takes one try from the flow's live code. @returns the sealed code and the tries used with this one */
  async claimTry(tx: Tx, flow: CodeFlow) {
    const newest = tx
      .select({ id: verifications.id })
      .from(verifications)
      .where(ofFlow(flow))
      .orderBy(desc(verifications.createdAt), desc(verifications.id))
      .limit(1);
    const [row] = await tx
      .update(verifications)
      .set({ triesUsed: sql`${verifications.triesUsed} + 1` })
      .where(and(sql`${verifications.id} = (${newest})`, isAlive))
      .returning();
    return row;
  },

  /** @returns false when the code was used or ran out in the meantime: it works once */
  async consume(tx: Tx, id: string): Promise<boolean> {
    const consumed = await tx
      .update(verifications)
      .set({ consumedAt: sql`now()` })
      .where(
        and(
          eq(verifications.id, id),
          isNull(verifications.consumedAt),
          gt(verifications.expiresAt, sql`now()`),
        ),
      )
      .returning({ id: verifications.id });
    return consumed.length > 0;
  },

  /** Waits for whoever is sending to the same number or from the same network, until the transaction ends. */
  async queueUp(tx: Tx, phoneHash: Buffer, network: string): Promise<void> {
    await tx.execute(sql`select pg_advisory_xact_lock(${phoneHash.readBigInt64BE().toString()}::bigint)`);
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`code-sends:${network}`}, 0))`);
  },

  async countSends(tx: Tx, phoneHash: Buffer, network: string) {
    const [first, second, third] = sendCaps.perNumber.map(
      ({ seconds }) => sql`count(*) filter (where sent_at > now() - make_interval(secs => ${seconds}))::int`,
    );
    const { rows } = await tx.execute<{
      a: number;
      b: number;
      c: number;
      calls: number;
      network: number;
    }>(sql`
      select n.a, n.b, n.c, n.calls, w.network from
        (select ${first} as a, ${second} as b, ${third} as c,
          count(*) filter (where channel = 'call'
            and sent_at > now() - make_interval(secs => ${sendCaps.callsPerNumber.seconds}))::int as calls
         from ${codeSends} where phone_hash = ${phoneHash} and sent_at > now() - interval '1 day') n,
        (select count(*)::int as network
         from ${codeSends} where network = ${network} and sent_at > now() - interval '1 hour') w`);
    const [row] = rows;
    return {
      toNumber: [row?.a ?? 0, row?.b ?? 0, row?.c ?? 0],
      callsToNumber: row?.calls ?? 0,
      fromNetworkInHour: row?.network ?? 0,
    };
  },

  /** Codes of the last hour, and of the busiest hour of the week before it. */
  async traffic(tx: Tx): Promise<{ lastHour: number; busiest: number }> {
    const { rows } = await tx.execute<{ hour: number; busiest: number }>(sql`
      select
        (select count(*)::int from ${codeSends} where sent_at > now() - interval '1 hour') as hour,
        (select coalesce(max(sent), 0)::int from (
          select count(*) as sent from ${codeSends}
          where sent_at > now() - interval '7 days' and sent_at <= now() - interval '1 hour'
          group by date_trunc('hour', sent_at)) hours) as busiest`);
    return { lastHour: rows[0]?.hour ?? 0, busiest: rows[0]?.busiest ?? 0 };
  },

  async recordSend(
    tx: Tx,
    send: { verificationId: string; phoneHash: Buffer; network: string; channel: 'text' | 'call' },
  ): Promise<void> {
    await tx.insert(codeSends).values({ id: newId(), ...send });
  },
};
