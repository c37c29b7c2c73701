import pg from 'pg';

/**
 * Keeps the order of the audit going after a database was restored into another server, which counts its transactions
 * anew: rows written from now on come after all that are there.
 * @param owner a connection of the database's owner, who sees every row
 */
export async function continueAuditOrder(owner: pg.ClientBase): Promise<void> {
  const { rows } = await owner.query<{ behind: boolean }>(
    `select exists (select from audit_events where tx >= app_audit_order())
       or exists (select from audit_seals where last_tx >= app_audit_order()) as behind`,
  );
  if (rows[0]?.behind !== true) return;
  const { rows: found } = await owner.query<{ offset: string }>(
    `select (greatest((select max(tx) from audit_events), (select max(last_tx) from audit_seals))
       - pg_current_xact_id()::text::bigint + 1)::text as "offset"`,
  );
  const offset = pg.escapeLiteral(found[0]?.offset ?? '0');
  await owner.query(
    `create or replace function app_audit_offset() returns bigint language sql immutable parallel safe
       as $$ select ${offset}::bigint $$`,
  );
}
