import { type Database, openDatabase } from '../../support/database.ts';

/** Does something with the tables, past row-level security, and lets go of them. */
export async function inTables<T>(ownerUrl: string, act: (database: Database) => Promise<T>): Promise<T> {
  const database = openDatabase(ownerUrl);
  try {
    return await act(database);
  } finally {
    await database.close();
  }
}

/** What changes by itself, or by merely asking: queues, counters, when a session was last seen, who was looking. */
const restless = [
  'rate_counters',
  'sign_in_failures',
  'sessions',
  'audit_events',
  'audit_seals',
  'deliveries',
  'unread_tasks',
  // A key is made before what it seals, and kept when that is refused.
  'data_keys',
  'idempotency_keys',
];

/**
 * Columns that the product writes by itself, later than what people did: when somebody is told of what is unread, and what
 * came of drawing a file’s preview.
 */
const restlessColumns = [
  'clinician_notice_due_at',
  'patient_notice_due_at',
  'preview',
  'preview_due_at',
  'preview_tries',
  'preview_id',
  'preview_size',
  'preview_sha256',
  'pages',
];

/**
 * A fingerprint of every row that people's acts write, table by table: two that are equal prove that nothing was written
 * in between.
 * @param more tables that are left out too
 */
export async function fingerprints(
  ownerUrl: string,
  more: readonly string[] = [],
): Promise<Map<string, string>> {
  const database = openDatabase(ownerUrl);
  try {
    const tables = await database.rows<{ name: string }>(
      `select format('%I', tablename) as name from pg_tables where schemaname = 'public' and tablename <> all($1) order by 1`,
      [[...restless, ...more]],
    );
    const found = new Map<string, string>();
    for (const { name } of tables) {
      const [row] = await database.rows<{ print: string }>(
        `with prints as (select md5((to_jsonb(t) - $1::text[])::text) as print from ${name} t)
         select count(*) || ':' || coalesce(md5(string_agg(print, '' order by print)), '') as print from prints`,
        [restlessColumns],
      );
      found.set(name, row?.print ?? '');
    }
    return found;
  } finally {
    await database.close();
  }
}

/** The tables in which something is different. */
export const changedBetween = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...after].filter(([name, print]) => before.get(name) !== print).map(([name]) => name);

/** The fingerprints once nothing changes by itself any more: mails are on their way for a moment after what people did. */
export async function settledFingerprints(ownerUrl: string): Promise<Map<string, string>> {
  let before = await fingerprints(ownerUrl);
  let quiet = 0;
  for (let looks = 0; quiet < 4 && looks < 60; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const now = await fingerprints(ownerUrl);
    quiet = changedBetween(before, now).length === 0 ? quiet + 1 : 0;
    before = now;
  }
  return before;
}
