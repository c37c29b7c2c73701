import { readFile } from 'node:fs/promises';
import type { World } from '../world.ts';

/** Every row of every table, queues included, as a dump would hold them: bytes in hexadecimal. */
export async function dumpOf({ database }: World): Promise<string> {
  const tables = await database.rows<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')`,
  );
  const rows: string[] = [];
  for (const { name } of tables) {
    for (const { row } of await database.rows<{ row: string }>(`select t::text as row from ${name} t`))
      rows.push(row);
  }
  return rows.join('\n');
}

/** What the processes of the product wrote. */
export const logOf = ({ logFile }: World): Promise<string> => readFile(logFile, 'utf8');

/** The ways in which a secret may be written down without being hidden. */
export const writingsOf = (secret: string): string[] => [
  secret,
  Buffer.from(secret).toString('hex'),
  Buffer.from(secret).toString('base64'),
  encodeURIComponent(secret),
];
