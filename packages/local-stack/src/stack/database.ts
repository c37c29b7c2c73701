import { createHmac } from 'node:crypto';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { createDatabase, hasDatabase, urlOfDatabase, urlOfRole } from '../postgres/databases.ts';

/** The three ways into one database of the product. */
export interface DatabaseUrls {
  /** Owns the tables, migrates, fills in demo data. The API never has it. */
  readonly ownerUrl: string;
  /** The API's own login, under row-level security. */
  readonly appUrl: string;
  /** The worker's login. */
  readonly jobsUrl: string;
}

const OWNER = 'casetalk_owner';

/** A password for each login that stays the same as long as the administrator's does, without being kept. */
function passwordOf(adminUrl: string, role: string): string {
  return createHmac('sha256', new URL(adminUrl).password).update(role).digest('base64url');
}

/** The three ways into a database of this name on a server whose administrator we are. */
export function urlsOn(adminUrl: string, name: string): DatabaseUrls {
  const of = (role: string): string =>
    urlOfRole(urlOfDatabase(adminUrl, name), role, passwordOf(adminUrl, role));
  return { ownerUrl: of(OWNER), appUrl: of('casetalk_app'), jobsUrl: of('casetalk_jobs') };
}

/**
 * The owner is no superuser, as on any hosted PostgreSQL: it may make the product's other roles, and sees every
 * row, because migrations and demo data are nobody's in particular.
 */
async function ensureOwner(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const role = escapeIdentifier(OWNER);
    const password = escapeLiteral(passwordOf(adminUrl, OWNER));
    const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [OWNER]);
    const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
    await client.query(`${verb} ROLE ${role} LOGIN CREATEROLE BYPASSRLS PASSWORD ${password}`);
  } finally {
    await client.end();
  }
}

/** Makes the owner and an empty database of this name where they are missing. Tables come with the migration. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<DatabaseUrls> {
  await ensureOwner(adminUrl);
  if (!(await hasDatabase(adminUrl, name))) await createDatabase(adminUrl, name, OWNER);
  return urlsOn(adminUrl, name);
}

/**
 * The three ways into a database that a person brings along. With `DATABASE_URL` alone that account is taken for
 * the owner's: it has to be allowed to make roles.
 */
export function urlsGiven(given: {
  readonly databaseUrl: string;
  readonly ownerUrl: string | undefined;
  readonly jobsUrl: string | undefined;
}): DatabaseUrls {
  const { databaseUrl, ownerUrl, jobsUrl } = given;
  const of = (role: string): string => urlOfRole(databaseUrl, role, passwordOf(databaseUrl, role));
  if (ownerUrl === undefined) {
    return { ownerUrl: databaseUrl, appUrl: of('casetalk_app'), jobsUrl: jobsUrl ?? of('casetalk_jobs') };
  }
  return { ownerUrl, appUrl: databaseUrl, jobsUrl: jobsUrl ?? of('casetalk_jobs') };
}
