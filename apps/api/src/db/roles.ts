import pg from 'pg';

const groups = ['casetalk_clinician', 'casetalk_patient', 'casetalk_break_glass'] as const;

/**
 * Makes the roles that the migrations grant to, or brings them up to date: two logins that own nothing and cannot bypass
 * row-level security, and the roles that the API takes on while it acts for a person.
 * @param owner a connection of the database's owner, who may create roles
 * @param logins the passwords of the logins, by role name
 */
export async function ensureRoles(owner: pg.ClientBase, logins: Record<string, string>): Promise<void> {
  for (const role of groups) await ensureRole(owner, role, 'NOLOGIN NOBYPASSRLS');
  for (const [role, password] of Object.entries(logins)) {
    await ensureRole(
      owner,
      role,
      `LOGIN NOINHERIT NOBYPASSRLS NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${pg.escapeLiteral(password)}`,
    );
  }
  await owner.query('GRANT casetalk_clinician, casetalk_patient, casetalk_break_glass TO casetalk_app');
  // PostgreSQL's default of 4 speaks of spinning disks and makes it read whole tables where an index is at hand.
  await owner.query('ALTER ROLE casetalk_app SET random_page_cost = 1.1');
}

async function ensureRole(owner: pg.ClientBase, role: string, attributes: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  const { rows } = await owner.query<{ unsafe: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS unsafe FROM pg_roles WHERE rolname = $1',
    [role],
  );
  const [found] = rows;
  if (found === undefined) {
    await owner.query(`CREATE ROLE ${name} WITH ${attributes}`);
    return;
  }
  if (found.unsafe)
    throw new Error(`The role ${role} can bypass row-level security: take that away from it first.`);
  // An owner that is no superuser may not even repeat the attributes that a role already lacks.
  const password = /PASSWORD .*$/s.exec(attributes)?.[0];
  if (password !== undefined) await owner.query(`ALTER ROLE ${name} WITH ${password}`);
}
