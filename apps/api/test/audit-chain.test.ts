import { execFile } from 'node:child_process';
import { appendFile, copyFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { continueAuditOrder } from '../src/db/audit-order.ts';
import { openDatabase } from '../src/db/database.ts';
import { newId } from '../src/db/new-id.ts';
import { anchorsFileOf, createAuditSealer, verifyAudit } from '../src/modules/audit/index.ts';
import { startApi, type TestApi } from './support/api.ts';

const rowCount = 400;

let api: TestApi;
let anchorsFile: string;
let worker: ReturnType<typeof openDatabase>;
let sealer: ReturnType<typeof createAuditSealer>;

beforeAll(async () => {
  api = await startApi();
  anchorsFile = anchorsFileOf(api.deps.settings);
  worker = openDatabase(api.deps.settings.JOBS_DATABASE_URL, 2, () => undefined);
  sealer = createAuditSealer({ db: worker, anchorsFile, onAnchor: () => undefined });
  for (let row = 0; row < rowCount; row += 1) {
    await addRow(api.sql);
    if (row % 50 === 49) await sealAll();
  }
  await sealer.anchor();
  await api.sql.query('create table kept_events as table audit_events');
  await api.sql.query('create table kept_seals as table audit_seals');
});
afterAll(async () => {
  await worker.close();
  await api.close();
});

const verify = () => verifyAudit(api.deps.settings.JOBS_DATABASE_URL, anchorsFile);

/** A row as the API writes it, in a transaction of its own. */
async function addRow(sql: pg.Pool | pg.ClientBase): Promise<string> {
  const id = newId();
  await sql.query(
    `insert into audit_events (id, actor_kind, actor_id, action, resource_type, resource_id, case_id, talk_id, ip, request_id)
     values ($1, 'clinician', $2, 'talk.read', 'talk', $3, $4, $3, '127.0.0.1', $5)`,
    [id, newId(), newId(), newId(), newId()],
  );
  return id;
}

/** Seals until nothing is left: other test files' transactions on the same server may keep rows waiting for a moment. */
async function sealAll(): Promise<void> {
  await vi.waitFor(
    async () => {
      await sealer.seal();
      expect((await verify()).unsealed).toBe(0);
    },
    { timeout: 20_000 },
  );
}

async function putBack(): Promise<void> {
  const client = await api.sql.connect();
  try {
    await client.query('begin');
    await client.query('truncate audit_seals, audit_events');
    await client.query('insert into audit_events select * from kept_events');
    await client.query('insert into audit_seals select * from kept_seals');
    await client.query('commit');
  } finally {
    client.release();
  }
}

interface Kept {
  readonly id: string;
  readonly tx: string;
}
const keptRows = async (): Promise<Kept[]> =>
  (await api.sql.query<Kept>('select id, tx::text from kept_events order by kept_events.tx, id')).rows;

/** The same numbers in every run, spread over 0 (inclusive) to 1 (exclusive). */
function spread(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const columns: readonly [string, string][] = [
  ['at', `at + interval '1 microsecond'`],
  ['actor_kind', `'patient'`],
  ['actor_id', 'gen_random_uuid()'],
  ['actor_id', 'null'],
  ['action', `'talk.viewed'`],
  ['resource_type', `'message'`],
  ['resource_id', 'gen_random_uuid()'],
  ['case_id', 'null'],
  ['talk_id', 'gen_random_uuid()'],
  ['outcome', `'refused'`],
  ['ip', `'127.0.0.2'`],
  ['request_id', `request_id || ' '`],
  ['grant_id', 'gen_random_uuid()'],
];

describe('a hundred tamperings by the owner of the database', () => {
  let rows: Kept[];
  beforeEach(async () => {
    rows = await keptRows();
    await putBack();
  });

  test.each(Array.from({ length: 25 }, (_, index) => index))('change %i', async (index) => {
    const row = pick(rows, spread(index + 1));
    const [column, value] = columns[index % columns.length] ?? ['at', 'now()'];
    await api.sql.query(`update audit_events set ${pg.escapeIdentifier(column)} = ${value} where id = $1`, [
      row.id,
    ]);
    expect((await verify()).tampering).toMatchObject({ kind: 'changed', rowId: row.id });
  });

  test.each(Array.from({ length: 25 }, (_, index) => index))('removal %i', async (index) => {
    const row = pick(rows, spread(index + 101));
    await api.sql.query('delete from audit_events where id = $1', [row.id]);
    expect((await verify()).tampering).toMatchObject({ kind: 'removed', rowId: row.id });
  });

  test.each(Array.from({ length: 25 }, (_, index) => index))('reordering %i', async (index) => {
    const next = spread(index + 201);
    const [one, other] = [pick(rows, next), pick(rows, next)];
    expect(one.tx).not.toBe(other.tx);
    await api.sql.query(
      `update audit_events set tx = case id when $1 then $4::bigint else $3::bigint end where id in ($1, $2)`,
      [one.id, other.id, one.tx, other.tx],
    );
    const { tampering } = await verify();
    expect(tampering?.kind).toBe('reordered');
    expect([one.id, other.id]).toContain(tampering?.rowId);
  });

  test.each(Array.from({ length: 25 }, (_, index) => index))('insertion %i', async (index) => {
    const row = pick(rows, spread(index + 301));
    // Sorts before the row whose transaction it claims.
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    await api.sql.query(
      `insert into audit_events (id, tx, at, actor_kind, action, resource_type)
       select $1, tx, at, actor_kind, action, resource_type from audit_events where id = $2`,
      [id, row.id],
    );
    expect((await verify()).tampering).toMatchObject({ kind: 'inserted', rowId: id });
  });
});

describe('what the rows alone do not tell', () => {
  beforeEach(putBack);

  test('nothing is found where nothing was done', async () => {
    expect(await verify()).toMatchObject({ rows: rowCount, tampering: null, anchorsFound: true });
  });

  test('one row moved far back or far forward is the one that is named', async () => {
    const rows = await keptRows();
    const [early, late] = [rows[10], rows[390]];
    for (const [moved, to] of [
      [early, late],
      [late, early],
    ] as const) {
      await putBack();
      await api.sql.query('update audit_events set tx = $2 where id = $1', [moved?.id, to?.tx]);
      expect((await verify()).tampering).toMatchObject({ kind: 'reordered', rowId: moved?.id });
    }
  });

  test('a row dated into a time that has not come is no row', async () => {
    const id = newId();
    await api.sql.query(
      `insert into audit_events (id, tx, actor_kind, action, resource_type) values ($1, $2, 'patient', 'talk.read', 'talk')`,
      [id, '9000000000000000'],
    );
    expect((await verify()).tampering).toMatchObject({ kind: 'inserted', rowId: id });
  });

  test('a chain cut off at its end, rows and seals alike, is found by the anchor', async () => {
    await api.sql.query('delete from audit_seals where number = (select max(number) from audit_seals)');
    await api.sql.query(
      `delete from audit_events e using (select last_tx, last_id from audit_seals order by number desc limit 1) s
       where (e.tx, e.id) > (s.last_tx, s.last_id)`,
    );
    expect((await verify()).tampering).toMatchObject({ kind: 'cut', rowId: null });
  });

  test('a chain made anew over a changed row is found by the anchor', async () => {
    const row = pick(await keptRows(), spread(7));
    await api.sql.query(`update audit_events set actor_id = gen_random_uuid() where id = $1`, [row.id]);
    await api.sql.query('truncate audit_seals');
    await expect
      .poll(async () => {
        await sealer.seal();
        return (await verify()).rows;
      })
      .toBe(rowCount);
    expect((await verify()).tampering).toMatchObject({ kind: 'rebuilt' });
  });

  test('a seal that was changed or taken out is named', async () => {
    await api.sql.query('delete from audit_seals where number = 3');
    expect((await verify()).tampering).toMatchObject({ kind: 'sealBroken', seal: 3 });
    await putBack();
    await api.sql.query('update audit_seals set rows = rows + 1 where number = 4');
    expect((await verify()).tampering).toMatchObject({ kind: 'sealBroken', seal: 4 });
  });

  test('an anchor that is none stops the verification, and half a line at the end does not', async () => {
    const copy = `${anchorsFile}.copy`;
    await copyFile(anchorsFile, copy);
    await appendFile(copy, '{"at":"2026-');
    const { JOBS_DATABASE_URL } = api.deps.settings;
    expect((await verifyAudit(JOBS_DATABASE_URL, copy)).tampering).toBeNull();
    await appendFile(copy, '\n');
    await expect(verifyAudit(JOBS_DATABASE_URL, copy)).rejects.toThrow(/is no anchor/);
  });
});

describe('pnpm audit:verify', () => {
  /** Runs the program as an operator does. @returns how it ended, and what it said */
  async function run(): Promise<{ code: number; said: string }> {
    const { JOBS_DATABASE_URL, FILES_DIR } = api.deps.settings;
    const script = new URL('../src/audit-verify.ts', import.meta.url).pathname;
    return new Promise((resolve) => {
      const env = { JOBS_DATABASE_URL, FILES_DIR };
      execFile(process.execPath, [script], { env }, (error, stdout) =>
        resolve({ code: error ? Number(error.code) : 0, said: stdout }),
      );
    });
  }

  test('ends with 0 and says how much it looked at', async () => {
    await putBack();
    const { code, said } = await run();
    expect(said).toMatch(/^Checked 400 rows in \d+ seals against [1-9]\d* anchors?\.$/m);
    expect(said).toContain('0 rows are not sealed yet.');
    expect(said).toContain('Nothing was tampered with.');
    expect(code).toBe(0);
  });

  test('ends with 1 and names the row', async () => {
    await putBack();
    const row = pick(await keptRows(), spread(11));
    await api.sql.query('delete from audit_events where id = $1', [row.id]);
    const { code, said } = await run();
    expect(said).toContain(`TAMPERED WITH: the row ${row.id}`);
    expect(code).toBe(1);
  });
});

describe('sealing', () => {
  test('waits for a transaction that began earlier, and leaves nothing out', async () => {
    await putBack();
    const slow = await api.sql.connect();
    try {
      await slow.query('begin');
      await slow.query(
        `insert into audit_events (id, actor_kind, action, resource_type) values ($1, 'patient', 'talk.read', 'talk')`,
        [newId()],
      );
      await addRow(api.sql);
      await sealer.seal();
      // The later row is there, and waits for the earlier one.
      expect(await verify()).toMatchObject({ rows: rowCount, unsealed: 1, tampering: null });
      await slow.query('commit');
    } finally {
      slow.release();
    }
    await sealAll();
    expect(await verify()).toMatchObject({ rows: rowCount + 2, unsealed: 0, tampering: null });
  });

  test('by several at once, while transactions commit late or not at all', async () => {
    await putBack();
    const pool = new pg.Pool({ connectionString: api.sql.options.connectionString, max: 8 });
    const next = spread(42);
    let committed = 0;
    let busy = true;
    const sealing = [1, 2].map(async () => {
      while (busy) await sealer.seal();
    });
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let round = 0; round < 25; round += 1) {
          const client = await pool.connect();
          await client.query('begin');
          const rows = 1 + Math.floor(next() * 3);
          for (let row = 0; row < rows; row += 1) await addRow(client);
          const keeps = next() < 0.8;
          await client.query(keeps ? 'commit' : 'rollback');
          if (keeps) committed += rows;
          client.release();
        }
      }),
    );
    busy = false;
    await Promise.all(sealing);
    await pool.end();
    await sealAll();
    expect(await verify()).toMatchObject({ rows: rowCount + committed, unsealed: 0, tampering: null });
  });

  test('goes on after the database moved to a server that counts transactions anew', async () => {
    await putBack();
    const owner = new pg.Client({ connectionString: api.sql.options.connectionString });
    await owner.connect();
    try {
      await owner.query(`create or replace function app_audit_offset() returns bigint language sql immutable parallel safe
        as $$ select -(select max(last_tx) from audit_seals) $$`);
      await addRow(api.sql);
      await expect(sealer.seal()).rejects.toThrow(/run the migrations/);
      await api.sql.query('delete from audit_events where tx < 0 or id not in (select id from kept_events)');

      await continueAuditOrder(owner);
      await addRow(api.sql);
      await sealAll();
      expect(await verify()).toMatchObject({ rows: rowCount + 1, unsealed: 0, tampering: null });
    } finally {
      await owner.query(`create or replace function app_audit_offset() returns bigint language sql immutable parallel safe
        as $$ select 0::bigint $$`);
      await owner.end();
    }
  });

  test('the logins of the product may add, and neither change nor remove', async () => {
    const { DATABASE_URL, JOBS_DATABASE_URL } = api.deps.settings;
    for (const connectionString of [DATABASE_URL, JOBS_DATABASE_URL]) {
      const client = new pg.Client({ connectionString });
      await client.connect();
      try {
        const become =
          connectionString === DATABASE_URL
            ? ['casetalk_app', 'casetalk_clinician', 'casetalk_patient', 'casetalk_break_glass']
            : ['casetalk_jobs'];
        for (const role of become) {
          await client.query(`set role ${pg.escapeIdentifier(role)}`);
          for (const table of ['audit_events', 'audit_seals']) {
            for (const act of [
              `update ${table} set number = 1`,
              `delete from ${table}`,
              `truncate ${table}`,
            ]) {
              const text = act.replace('set number', table === 'audit_seals' ? 'set number' : 'set tx');
              await expect(client.query(text)).rejects.toMatchObject({ code: '42501' });
            }
          }
          await client.query('reset role');
        }
      } finally {
        await client.end();
      }
    }
  });
});

function pick<T>(all: readonly T[], next: () => number): T {
  const one = all[Math.floor(next() * all.length)];
  if (one === undefined) throw new Error('There is nothing to pick from.');
  return one;
}
