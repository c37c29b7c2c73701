import type pg from 'pg';
import { expect, vi } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { newId } from '../../src/db/new-id.ts';
import { anchorsFileOf, createAuditSealer, verifyAudit } from '../../src/modules/audit/index.ts';
import { startApi, type TestApi } from './api.ts';

/** How many rows there are before anything is done to them. */
export const rowCount = 400;

export interface SealedRow {
  readonly id: string;
  readonly tx: string;
}

/** An API whose audit is sealed and anchored, and can be put back after it was tampered with. */
export interface SealedAudit {
  readonly api: TestApi;
  readonly anchorsFile: string;
  readonly sealer: ReturnType<typeof createAuditSealer>;
  verify(): ReturnType<typeof verifyAudit>;
  /** Seals until nothing is left: other test files' transactions on the same server may keep rows waiting for a moment. */
  sealAll(): Promise<void>;
  /** The rows as they were sealed, in their order. */
  keptRows(): Promise<SealedRow[]>;
  putBack(): Promise<void>;
  close(): Promise<void>;
}

export async function sealedAudit(): Promise<SealedAudit> {
  const api = await startApi();
  const anchorsFile = anchorsFileOf(api.deps.settings);
  const worker = openDatabase(api.deps.settings.JOBS_DATABASE_URL, 2, () => undefined);
  const sealer = createAuditSealer({ db: worker, anchorsFile, onAnchor: () => undefined });
  const verify = () => verifyAudit(api.deps.settings.JOBS_DATABASE_URL, anchorsFile);
  const sealAll = () =>
    vi.waitFor(
      async () => {
        await sealer.seal();
        expect((await verify()).unsealed).toBe(0);
      },
      { timeout: 20_000 },
    );
  for (let row = 0; row < rowCount; row += 1) {
    await addAuditRow(api.sql);
    if (row % 50 === 49) await sealAll();
  }
  await sealer.anchor();
  await api.sql.query('create table kept_events as table audit_events');
  await api.sql.query('create table kept_seals as table audit_seals');

  return {
    api,
    anchorsFile,
    sealer,
    verify,
    sealAll,
    keptRows: async () =>
      (await api.sql.query<SealedRow>('select id, tx::text from kept_events order by kept_events.tx, id'))
        .rows,
    async putBack() {
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
    },
    async close() {
      await worker.close();
      await api.close();
    },
  };
}

/** A row as the API writes it, in a transaction of its own. */
export async function addAuditRow(sql: pg.Pool | pg.ClientBase): Promise<void> {
  await sql.query(
    `insert into audit_events (id, actor_kind, actor_id, action, resource_type, resource_id, case_id, talk_id, ip, request_id)
     values ($1, 'clinician', $2, 'talk.read', 'talk', $3, $4, $3, '127.0.0.1', $5)`,
    [newId(), newId(), newId(), newId(), newId()],
  );
}
