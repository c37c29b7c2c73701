/** Someone of the demo who can sign in. */
export interface SignIn {
  readonly portal: 'clinician' | 'patient';
  readonly name: string;
  /** What they are, such as a doctor of a practice. */
  readonly role: string;
  readonly email: string;
  readonly password: string;
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

/** The demo's people by portal, with what they sign in with. */
export function signInTable(people: readonly SignIn[]): string {
  if (people.length === 0) return '';
  const rows = people.map(({ portal, name, role, email, password }) => [portal, name, role, email, password]);
  return `Sign in as one of the demo people:\n\n${columns([['PORTAL', 'NAME', 'ROLE', 'EMAIL', 'PASSWORD'], ...rows])}`;
}
