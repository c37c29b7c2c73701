import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Database } from '../../support/database.ts';

/** What guards the rows of a database: row-level security, its policies, and who was granted what. */
export const protectionOf = (database: Pick<Database, 'rows'>): Promise<unknown[]> =>
  database.rows(
    `select 'table' as kind, relname || ' ' || relrowsecurity || ' ' || relforcerowsecurity as words
       from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
     union all
     select 'policy', concat_ws(' | ', tablename, policyname, permissive, roles::text, cmd, qual, with_check)
       from pg_policies where schemaname = 'public'
     union all
     select 'grant', concat_ws(' | ', table_name, grantee, privilege_type)
       from information_schema.role_table_grants where table_schema = 'public' and grantee like 'casetalk%'
     order by 1, 2`,
  );

/** Whether the API's own login reads no message as nobody, and none as a patient who has no talk. */
export async function shutsOut(appUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  try {
    const asNobody = await client.query('select from messages').then(
      ({ rowCount }) => rowCount,
      () => 0,
    );
    await client.query('begin');
    await client.query('set local role casetalk_patient');
    await client.query(`select set_config('app.viewer', $1, true)`, [randomUUID()]);
    const { rowCount } = await client.query('select from messages');
    return asNobody === 0 && rowCount === 0;
  } finally {
    await client.end();
  }
}
