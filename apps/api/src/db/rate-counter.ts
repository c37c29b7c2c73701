import { sql } from 'drizzle-orm';
import type { Tx } from './database.ts';
import { rateCounters } from './schema/index.ts';

/** At most `cap` times in each window of `seconds`. */
export interface Rate {
  readonly key: string;
  readonly seconds: number;
  readonly cap: number;
}

/**
 * Counts one more, unless the window is full: one conditional statement, so that parallel requests never slip through.
 * A transaction that rolls back has not counted.
 * @returns whole seconds until the window ends when it is full; undefined when this one was counted
 */
export async function claimRate(tx: Tx, { key, seconds, cap }: Rate): Promise<number | undefined> {
  const { rows } = await tx.execute(sql`
    insert into ${rateCounters} as c (key, "window", count)
    values (${key}, floor(extract(epoch from now()) / ${seconds}::int)::bigint * ${seconds}::int, 1)
    on conflict (key, "window") do update set count = c.count + 1 where c.count < ${cap}
    returning count`);
  if (rows.length > 0) return undefined;
  const wait = await tx.execute<{ seconds: number }>(sql`
    select ceil(${seconds}::int - mod(extract(epoch from now()), ${seconds}::int))::int as seconds`);
  return Math.max(1, wait.rows[0]?.seconds ?? seconds);
}
