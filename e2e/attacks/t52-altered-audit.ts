import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { arranged, type Attack, Tally } from './attack.ts';
import { newPair, say } from './means/cast.ts';
import { comesTrue } from './means/target.ts';
import type { World } from './world.ts';

const run = promisify(execFile);

interface Verdict {
  readonly words: string;
  readonly isSound: boolean;
}

/** What the product's own verifier says, as an operator runs it. */
async function verify({ sources, stack, filesDir }: World): Promise<Verdict> {
  const api = join(sources, 'apps/api');
  const env = { JOBS_DATABASE_URL: stack.jobsUrl, FILES_DIR: filesDir };
  return run(process.execPath, [join(api, 'src/audit-verify.ts')], { cwd: api, env }).then(
    ({ stdout }) => ({ words: stdout, isSound: true }),
    (error: { stdout?: string; stderr?: string; code?: number }) => {
      if (!error.stdout) throw new Error(`The verifier failed: ${error.stderr?.slice(0, 300)}`);
      return { words: error.stdout, isSound: false };
    },
  );
}

/** One way to change what was written down, and how it is put right again. */
interface Tampering {
  readonly name: string;
  /** @param row a sealed row, @param other a later one. @returns the ids of which the verifier has to name one */
  readonly act: (world: World, row: string, other: string) => Promise<readonly string[]>;
}

const columns: readonly (readonly [column: string, value: string])[] = [
  ['action', "'nothing.happened'"],
  ['actor_id', 'gen_random_uuid()'],
  ['resource_id', 'gen_random_uuid()'],
  ['at', "at - interval '1 hour'"],
  ['ip', "'203.0.113.99'"],
  ['outcome', "case outcome when 'success' then 'refused' else 'success' end"],
  ['case_id', 'gen_random_uuid()'],
  ['request_id', "'x'"],
];

const tamperings: readonly Tampering[] = [
  ...columns.map(
    ([column, value]): Tampering => ({
      name: `changing ${column}`,
      act: async ({ database }, row) => {
        await database.rows(`update audit_events set ${column} = ${value} where id = $1`, [row]);
        return [row];
      },
    }),
  ),
  {
    name: 'deleting',
    act: async ({ database }, row) => {
      await database.rows('delete from audit_events where id = $1', [row]);
      return [row];
    },
  },
  {
    name: 'reordering',
    act: async ({ database }, row, other) => {
      await database.rows(
        `update audit_events e set tx = o.tx from audit_events o
         where e.id = any($1::uuid[]) and o.id = any($1::uuid[]) and e.id <> o.id`,
        [[row, other]],
      );
      return [row, other];
    },
  },
  {
    name: 'inserting',
    act: async ({ database }, row) => {
      const id = crypto.randomUUID();
      await database.rows(
        `insert into audit_events select (jsonb_populate_record(e, jsonb_build_object('id', $2::text))).*
         from audit_events e where id = $1`,
        [row, id],
      );
      return [id];
    },
  },
];

/** Whoever owns the tables can change what was written down, and cannot hide that they did. */
export const t52: Attack = {
  id: 'T52',
  title: 'O edits or deletes audit or messages',
  async run(world) {
    const tally = new Tally();
    const { database } = world;
    const { doctor, patient, talkId } = await newPair(world.target);
    for (let count = 0; count < 40; count += 1)
      await say(count % 2 === 0 ? doctor : patient, talkId, `Word ${count}`);
    const sealed = async () =>
      database.rows<{ id: string }>(
        `select e.id from audit_events e where e.tx <= (select max(last_tx) from audit_seals)
         and (select count(*) from audit_events same where same.tx = e.tx) = 1 order by e.tx`,
      );
    await comesTrue(async () => (await sealed()).length > 40, 30_000, 200);
    const rows = (await sealed()).map(({ id }) => id);
    arranged(rows.length > 40, 'forty sealed rows');
    const before = await verify(world);
    arranged(before.isSound, `an audit that nobody has touched: ${before.words}`);

    const rounds = world.size(100, tamperings.length);
    for (let round = 0; round < rounds; round += 1) {
      const tampering = tamperings[round % tamperings.length];
      const place = Math.floor(Math.random() * (rows.length - 20));
      const [row = '', other = ''] = [rows[place], rows[place + 1 + (round % 18)]];
      if (!tampering) continue;
      const kept = await database.rows<{ row: string }>(
        'select to_jsonb(e)::text as row from audit_events e where id = any($1::uuid[])',
        [[row, other]],
      );
      const named = await tampering.act(world, row, other);
      const verdict = await verify(world);
      tally.held(
        !verdict.isSound && named.some((id) => verdict.words.includes(id)),
        `${tampering.name} of ${named.join(' or ')}: ${verdict.words.trim().split('\n').at(-1)}`,
      );
      await restore(world, [...new Set([row, other, ...named])], kept);
    }
    await cutTheEnd(world, tally);
    const after = await verify(world);
    arranged(after.isSound, `an audit that was put right again: ${after.words}`);
    tally.note(
      `${rounds} rows changed, deleted, reordered or inserted as the tables’ owner: each named by the verifier; an end that was cut off is told by its anchor`,
    );
    return tally.outcome;
  },
};

async function restore(
  { database }: World,
  ids: readonly string[],
  kept: readonly { row: string }[],
): Promise<void> {
  await database.rows('delete from audit_events where id = any($1::uuid[])', [ids]);
  for (const { row } of kept) {
    await database.rows(
      'insert into audit_events select (jsonb_populate_record(null::audit_events, $1::jsonb)).*',
      [row],
    );
  }
}

/** Takes away what happened last, rows and seals together: whole in itself, and shorter than what is written down elsewhere. */
async function cutTheEnd(world: World, tally: Tally): Promise<void> {
  const { database, filesDir, stack } = world;
  // A worker that stops writes the head down, as it does every hour.
  await stack.restartWorker();
  const anchors = await readFile(join(filesDir, 'audit-anchors.jsonl'), 'utf8').catch(() => '');
  const last = anchors.trim().split('\n').at(-1) ?? '';
  arranged(last !== '', 'an anchor that is written down');
  const { seal } = JSON.parse(last) as { seal: number };
  const [first] = await database.rows<{ tx: string }>(
    'select coalesce((select last_tx from audit_seals where number = $1::bigint - 1), 0)::text as tx',
    [seal],
  );
  await database.rows(
    'create table kept_events as select * from audit_events where tx > $1'.replace(
      '$1',
      `${Number(first?.tx ?? 0)}`,
    ),
  );
  await database.rows(`create table kept_seals as select * from audit_seals where number >= ${seal}`);
  try {
    await database.rows('delete from audit_events where id in (select id from kept_events)');
    await database.rows('delete from audit_seals where number in (select number from kept_seals)');
    const { isSound, words } = await verify(world);
    tally.held(!isSound, `Cutting off the end: ${words.trim().split('\n').at(-1)}`);
  } finally {
    await database.rows(`delete from audit_seals where number >= ${seal}`);
    await database.rows('insert into audit_events select * from kept_events on conflict do nothing');
    await database.rows('insert into audit_seals select * from kept_seals');
    await database.rows('drop table kept_events, kept_seals');
  }
}
