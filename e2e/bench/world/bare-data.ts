import pg from 'pg';
import type { Size } from '../options.ts';
import { messageText } from './message-text.ts';

const talks = 'create temp table talk as select n, uuidv7() as id from generate_series(0, $1::int - 1) t(n)';

const messages = `
  insert into messages (talk_id, sender, body, created_at)
    select t.id, m % 2, $2, now() - interval '30 days' + m * interval '30 days' / ($1::int + 1) + t.n * interval '1 millisecond'
    from generate_series(1, $1::int) m cross join talk t order by m, t.n`;

/**
 * Fills an empty database for the bare server: one plain table, as many rows as the product has messages, in the same
 * order and with the same index for the newest of a talk.
 * @returns the ids of the talks
 */
export async function fillBare(adminUrl: string, size: Size): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('set synchronous_commit = off');
    await client.query(`create table messages (
      id uuid primary key default uuidv7(), talk_id uuid not null, sender smallint not null, body text not null,
      created_at timestamptz not null default now())`);
    await client.query(talks.replace('$1::int', String(Math.trunc(size.talks))));
    await client.query(messages, [Math.trunc(size.messages / size.talks), messageText]);
    await client.query('create index on messages (talk_id, created_at desc, id desc)');
    await client.query('vacuum analyze');
    await client.query('checkpoint');
    const { rows } = await client.query<{ id: string }>('select id from talk');
    return rows.map(({ id }) => id);
  } finally {
    await client.end();
  }
}
