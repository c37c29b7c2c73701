import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { openDatabase } from '../support/database.ts';
import { type Attack, arranged, Tally } from './attack.ts';
import { newPair, say } from './means/cast.ts';
import type { Caller } from './means/caller.ts';
import { inParallel } from './means/in-parallel.ts';
import { ask, freshNetwork } from './means/wire.ts';
import type { World } from './world.ts';

/** One person and the words that only they and their counterpart may read. */
interface Reader {
  readonly caller: Caller;
  readonly talkId: string;
  readonly secret: string;
}

/** Sends a request and hangs up in the middle of it. */
function abort({ apiUrl }: World, path: string, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve) => {
    const outgoing = request(`${apiUrl}${path}`, { headers, agent: false });
    outgoing.on('error', () => resolve());
    outgoing.on('close', () => resolve());
    outgoing.end();
    setTimeout(() => outgoing.destroy(), Math.random() * 6);
  });
}

async function readersOf(world: World, pairs: number): Promise<Reader[]> {
  const readers: Reader[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const { doctor, patient, talkId } = await newPair(world);
    const secret = `secret-${randomBytes(8).toString('hex')}`;
    await say(patient, talkId, secret);
    readers.push({ caller: doctor, talkId, secret }, { caller: patient, talkId, secret });
  }
  return readers;
}

/** Statements of the API run into its own time limits while the owner holds the tables that everyone reads. */
async function holdTables(world: World, milliseconds: number): Promise<void> {
  const holder = openDatabase(world.ownerUrl);
  await holder
    .rows(
      `do $$ begin lock table talks, messages in access exclusive mode; perform pg_sleep(${milliseconds / 1000}); end $$`,
    )
    .finally(() => void holder.close());
}

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const readers = await readersOf(world, world.size(10, 3));
  const requests = world.size(2000, 200);
  const any = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T;
  let answered = 0;
  const held = holdTables(world, 2500);
  await inParallel(Array.from({ length: requests }), 24, async () => {
    const me = any(readers);
    const other = any(readers);
    const path = any([
      '/v1/talks?limit=100',
      `/v1/talks/${me.talkId}/messages`,
      `/v1/talks/${other.talkId}/messages`,
      `/v1/talks/${other.talkId}`,
    ]);
    // Now and then everybody's session is news, so that the next requests all ask at once whose theirs is.
    if (Math.random() < 0.1)
      await world.database.rows(`update sessions set last_seen_at = last_seen_at - interval '1 millisecond'
        where id in (select id from sessions order by id for update)`);
    const headers = { ...me.caller.headers(), ...freshNetwork() };
    if (Math.random() < 0.15) return abort(world, path, headers);
    const { status, text } = await ask(world.apiUrl, { path, headers });
    if (status === 200) answered += 1;
    const foreign = readers.filter(({ secret, talkId }) => talkId !== me.talkId && text.includes(secret));
    tally.held(foreign.length === 0, `${path} answered somebody else’s words`);
    return undefined;
  });
  await held;
  arranged(answered > requests / 10, `${answered} of ${requests} requests were answered`);
  tally.note(
    `${requests} requests of ${readers.length} people over 2 connections, ${answered} answered with rows`,
  );

  // The API's own login, as whoever takes it over would use it: without a viewer there is nothing to see.
  const bare = openDatabase(world.stack.appUrl);
  try {
    for (const table of ['talks', 'messages', 'attachments', 'talk_read_states']) {
      const [row] = await bare
        .rows<{ rows: number }>(`select count(*)::int as rows from ${table}`)
        .catch((error: { code?: string }) => {
          if (error.code === '42501') return [{ rows: 0 }];
          throw error;
        });
      tally.held(row?.rows === 0, `Nobody in particular sees ${row?.rows} rows of ${table}`);
    }
  } finally {
    await bare.close();
  }
  return tally;
}

export const t9: Attack = {
  id: 'T9',
  title: 'One request sees with the eyes of another that used the connection before',
  run: async (world) => {
    const small = await world.another({ DATABASE_POOL_SIZE: '2' });
    try {
      return (await run(small)).outcome;
    } finally {
      await small.close();
    }
  },
};
