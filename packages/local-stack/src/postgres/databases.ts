import { Client, escapeIdentifier } from 'pg';

async function asAdmin(adminUrl: string, act: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await act(client);
  } finally {
    await client.end();
  }
}

/** The same server and account, another database. */
export function urlOfDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}

/** The same server and database, another account. */
export function urlOfRole(url: string, role: string, password: string): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(role);
  changed.password = encodeURIComponent(password);
  return changed.href;
}

/** Makes an empty database, owned by `owner` when given; resolves with its administrator's URL. */
export async function createDatabase(adminUrl: string, name: string, owner?: string): Promise<string> {
  const ownedBy = owner === undefined ? '' : ` OWNER ${escapeIdentifier(owner)}`;
  await asAdmin(adminUrl, async (client) => {
    await client.query(`CREATE DATABASE ${escapeIdentifier(name)}${ownedBy}`);
  });
  return urlOfDatabase(adminUrl, name);
}

/**
 * Makes a database that equals the template, owner included, and resolves with its administrator's URL. Nobody
 * may be connected to the template meanwhile. Copying files is quicker than logging every page: the wait for a
 * checkpoint costs nothing on a server that does not sync.
 */
export async function cloneDatabase(adminUrl: string, template: string, name: string): Promise<string> {
  await asAdmin(adminUrl, async (client) => {
    const found = await client.query<{ owner: string }>(
      'SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1',
      [template],
    );
    const owner = found.rows[0]?.owner;
    if (owner === undefined) throw new Error(`There is no database ${template} to clone.`);
    await client.query(
      `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)} ` +
        `OWNER ${escapeIdentifier(owner)} STRATEGY FILE_COPY`,
    );
  });
  return urlOfDatabase(adminUrl, name);
}

/** Drops the database and ends the sessions in it; nothing happens when there is none. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
  });
}

/** True when the server holds a database of this name. */
export async function hasDatabase(adminUrl: string, name: string): Promise<boolean> {
  let found = false;
  await asAdmin(adminUrl, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    found = rowCount === 1;
  });
  return found;
}
