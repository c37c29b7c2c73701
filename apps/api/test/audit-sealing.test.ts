import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { continueAuditOrder } from '../src/db/audit-order.ts';
import { newId } from '../src/db/new-id.ts';
import { addAuditRow, rowCount, type SealedAudit, sealedAudit } from './support/sealed-audit.ts';
import { spread } from './support/spread.ts';

let audit: SealedAudit;

beforeAll(async () => {
  audit = await sealedAudit();
});
afterAll(() => audit.close());

describe('sealing', () => {
  test('waits for a transaction that began earlier, and leaves nothing out', async () => {
    await audit.putBack();
    const slow = await audit.api.sql.connect();
    try {
      await slow.query('begin');
      await slow.query(
        `insert into audit_events (id, actor_kind, action, resource_type) values ($1, 'patient', 'talk.read', 'talk')`,
        [newId()],
      );
      await addAuditRow(audit.api.sql);
      await audit.sealer.seal();
      // The later row is there, and waits for the earlier one.
      expect(await audit.verify()).toMatchObject({ rows: rowCount, unsealed: 1, tampering: null });
      await slow.query('commit');
    } finally {
      slow.release();
    }
    await audit.sealAll();
    expect(await audit.verify()).toMatchObject({ rows: rowCount + 2, unsealed: 0, tampering: null });
  });

  test('by several at once, while transactions commit late or not at all', async () => {
    await audit.putBack();
    const pool = new pg.Pool({ connectionString: audit.api.sql.options.connectionString, max: 8 });
    const next = spread(42);
    let committed = 0;
    let busy = true;
    const sealing = [1, 2].map(async () => {
      while (busy) await audit.sealer.seal();
    });
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let round = 0; round < 25; round += 1) {
          const client = await pool.connect();
          await client.query('begin');
          const rows = 1 + Math.floor(next() * 3);
          for (let row = 0; row < rows; row += 1) await addAuditRow(client);
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
    await audit.sealAll();
    expect(await audit.verify()).toMatchObject({ rows: rowCount + committed, unsealed: 0, tampering: null });
  });

  test('goes on after the database moved to a server that counts transactions anew', async () => {
    await audit.putBack();
    const owner = new pg.Client({ connectionString: audit.api.sql.options.connectionString });
    await owner.connect();
    try {
      await owner.query(`create or replace function app_audit_offset() returns bigint language sql immutable parallel safe
        as $$ select -(select max(last_tx) from audit_seals) $$`);
      await addAuditRow(audit.api.sql);
      await expect(audit.sealer.seal()).rejects.toThrow(/run the migrations/);
      await audit.api.sql.query(
        'delete from audit_events where tx < 0 or id not in (select id from kept_events)',
      );

      await continueAuditOrder(owner);
      await addAuditRow(audit.api.sql);
      await audit.sealAll();
      expect(await audit.verify()).toMatchObject({ rows: rowCount + 1, unsealed: 0, tampering: null });
    } finally {
      await owner.query(`create or replace function app_audit_offset() returns bigint language sql immutable parallel safe
        as $$ select 0::bigint $$`);
      await owner.end();
    }
  });

  test('the logins of the product may add, and neither change nor remove', async () => {
    const { DATABASE_URL, JOBS_DATABASE_URL } = audit.api.deps.settings;
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
