/** Someone of the demo who can sign in. */
export interface SignIn {
  readonly portal: 'clinician' | 'patient';
  readonly name: string;
  /** What they are, such as a doctor of a practice. */
  readonly role: string;
  readonly email: string;
  readonly password: string;
  /** What the authenticator app is set up with; absent where nobody is asked for its code. */
  readonly setupKey?: string;
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cell.length)));
  }
  return rows
    .map((row) => `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}

/** Names and addresses in two columns. */
export function addressTable(addresses: Readonly<Record<string, string>>): string {
  return columns(Object.entries(addresses));
}

/**
 * The demo's people by portal, with what they sign in with.
 * @param codesAt where the mailroom shows the codes of their authenticator apps; without it, the setup keys are shown
 */
export function signInTable(people: readonly SignIn[], codesAt?: string): string {
  if (people.length === 0) return '';
  const withKeys = codesAt === undefined && people.some(({ setupKey }) => setupKey !== undefined);
  const rows = people.map(({ portal, name, role, email, password, setupKey = '' }) => [
    portal,
    name,
    role,
    email,
    password,
    ...(withKeys ? [setupKey] : []),
  ]);
  const heads = ['PORTAL', 'NAME', 'ROLE', 'EMAIL', 'PASSWORD', ...(withKeys ? ['SETUP KEY'] : [])];
  const codes = withKeys
    ? 'Clinicians are also asked for a code: give the setup key to an authenticator app.'
    : `Clinicians are also asked for a code of their authenticator app: copy it from ${codesAt ?? ''}.`;
  const asksCodes = people.some(({ setupKey }) => setupKey !== undefined);
  return `Sign in as one of the demo people:\n\n${columns([heads, ...rows])}${asksCodes ? `\n\n${codes}` : ''}`;
}
