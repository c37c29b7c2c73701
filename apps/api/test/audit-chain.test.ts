import { execFile } from 'node:child_process';
import { appendFile, copyFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../src/db/new-id.ts';
import { verifyAudit } from '../src/modules/audit/index.ts';
import { rowCount, type SealedAudit, sealedAudit, type SealedRow } from './support/sealed-audit.ts';
import { pick, spread } from './support/spread.ts';

let audit: SealedAudit;

beforeAll(async () => {
  audit = await sealedAudit();
});
afterAll(() => audit.close());

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
  let rows: SealedRow[];
  beforeEach(async () => {
    rows = await audit.keptRows();
    await audit.putBack();
  });

  test.each(Array.from({ length: 25 }, (_, index) => index))('change %i', async (index) => {
    const row = pick(rows, spread(index + 1));
    const [column, value] = columns[index % columns.length] ?? ['at', 'now()'];
    await audit.api.sql.query(
      `update audit_events set ${pg.escapeIdentifier(column)} = ${value} where id = $1`,
      [row.id],
    );
    expect((await audit.verify()).tampering).toMatchObject({ kind: 'changed', rowId: row.id });
  });

  test.each(Array.from({ length: 25 }, (_, index) => index))('removal %i', async (index) => {
    const row = pick(rows, spread(index + 101));
    await audit.api.sql.query('delete from audit_events where id = $1', [row.id]);
    expect((await audit.verify()).tampering).toMatchObject({ kind: 'removed', rowId: row.id });
  });

  test.each(Array.from({ length: 25 }, (_, index) => index))('reordering %i', async (index) => {
    const next = spread(index + 201);
    const [one, other] = [pick(rows, next), pick(rows, next)];
    expect(one.tx).not.toBe(other.tx);
    await audit.api.sql.query(
      `update audit_events set tx = case id when $1 then $4::bigint else $3::bigint end where id in ($1, $2)`,
      [one.id, other.id, one.tx, other.tx],
    );
    const { tampering } = await audit.verify();
    expect(tampering?.kind).toBe('reordered');
    expect([one.id, other.id]).toContain(tampering?.rowId);
  });

  test.each(Array.from({ length: 25 }, (_, index) => index))('insertion %i', async (index) => {
    const row = pick(rows, spread(index + 301));
    // Sorts before the row whose transaction it claims.
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    await audit.api.sql.query(
      `insert into audit_events (id, tx, at, actor_kind, action, resource_type)
       select $1, tx, at, actor_kind, action, resource_type from audit_events where id = $2`,
      [id, row.id],
    );
    expect((await audit.verify()).tampering).toMatchObject({ kind: 'inserted', rowId: id });
  });
});

describe('what the rows alone do not tell', () => {
  beforeEach(() => audit.putBack());

  test('nothing is found where nothing was done', async () => {
    expect(await audit.verify()).toMatchObject({ rows: rowCount, tampering: null, anchorsFound: true });
  });

  test('one row moved far back or far forward is the one that is named', async () => {
    const rows = await audit.keptRows();
    const [early, late] = [rows[10], rows[390]];
    for (const [moved, to] of [
      [early, late],
      [late, early],
    ] as const) {
      await audit.putBack();
      await audit.api.sql.query('update audit_events set tx = $2 where id = $1', [moved?.id, to?.tx]);
      expect((await audit.verify()).tampering).toMatchObject({ kind: 'reordered', rowId: moved?.id });
    }
  });

  test('a row dated into a time that has not come is no row', async () => {
    const id = newId();
    await audit.api.sql.query(
      `insert into audit_events (id, tx, actor_kind, action, resource_type) values ($1, $2, 'patient', 'talk.read', 'talk')`,
      [id, '9000000000000000'],
    );
    expect((await audit.verify()).tampering).toMatchObject({ kind: 'inserted', rowId: id });
  });

  test('a chain cut off at its end, rows and seals alike, is found by the anchor', async () => {
    await audit.api.sql.query('delete from audit_seals where number = (select max(number) from audit_seals)');
    await audit.api.sql.query(
      `delete from audit_events e using (select last_tx, last_id from audit_seals order by number desc limit 1) s
       where (e.tx, e.id) > (s.last_tx, s.last_id)`,
    );
    expect((await audit.verify()).tampering).toMatchObject({ kind: 'cut', rowId: null });
  });

  test('a chain made anew over a changed row is found by the anchor', async () => {
    const row = pick(await audit.keptRows(), spread(7));
    await audit.api.sql.query(`update audit_events set actor_id = gen_random_uuid() where id = $1`, [row.id]);
    await audit.api.sql.query('truncate audit_seals');
    await expect
      .poll(async () => {
        await audit.sealer.seal();
        return (await audit.verify()).rows;
      })
      .toBe(rowCount);
    expect((await audit.verify()).tampering).toMatchObject({ kind: 'rebuilt' });
  });

  test('a seal that was changed or taken out is named', async () => {
    await audit.api.sql.query('delete from audit_seals where number = 3');
    expect((await audit.verify()).tampering).toMatchObject({ kind: 'sealBroken', seal: 3 });
    await audit.putBack();
    await audit.api.sql.query('update audit_seals set rows = rows + 1 where number = 4');
    expect((await audit.verify()).tampering).toMatchObject({ kind: 'sealBroken', seal: 4 });
  });

  test('an anchor that is none stops the verification, and half a line at the end does not', async () => {
    const copy = `${audit.anchorsFile}.copy`;
    await copyFile(audit.anchorsFile, copy);
    await appendFile(copy, '{"at":"2026-');
    const { JOBS_DATABASE_URL } = audit.api.deps.settings;
    expect((await verifyAudit(JOBS_DATABASE_URL, copy)).tampering).toBeNull();
    await appendFile(copy, '\n');
    await expect(verifyAudit(JOBS_DATABASE_URL, copy)).rejects.toThrow(/is no anchor/);
  });
});

describe('pnpm audit:verify', () => {
  /** Runs the program as an operator does. @returns how it ended, and what it said */
  async function run(): Promise<{ code: number; said: string }> {
    const { JOBS_DATABASE_URL, FILES_DIR } = audit.api.deps.settings;
    const script = new URL('../src/audit-verify.ts', import.meta.url).pathname;
    return new Promise((resolve) => {
      const env = { JOBS_DATABASE_URL, FILES_DIR };
      execFile(process.execPath, [script], { env }, (error, stdout) =>
        resolve({ code: error ? Number(error.code) : 0, said: stdout }),
      );
    });
  }

  test('ends with 0 and says how much it looked at', async () => {
    await audit.putBack();
    const { code, said } = await run();
    expect(said).toMatch(/^Checked 400 rows in \d+ seals against [1-9]\d* anchors?\.$/m);
    expect(said).toContain('0 rows are not sealed yet.');
    expect(said).toContain('Nothing was tampered with.');
    expect(code).toBe(0);
  });

  test('ends with 1 and names the row', async () => {
    await audit.putBack();
    const row = pick(await audit.keptRows(), spread(11));
    await audit.api.sql.query('delete from audit_events where id = $1', [row.id]);
    const { code, said } = await run();
    expect(said).toContain(`TAMPERED WITH: the row ${row.id}`);
    expect(code).toBe(1);
  });
});
