import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inheritedEnvironment, type Environment } from '../settings.ts';

/** What verifying the audit needs to know of a start. */
const names = ['JOBS_DATABASE_URL', 'FILES_DIR', 'AUDIT_ANCHORS_FILE'] as const;
const fileIn = (dataDir: string): string => join(dataDir, 'audit-environment.json');

/** Notes for `pnpm audit:verify` where the data of this start are; for the owner's eyes, since it holds a password. */
export async function keepAuditEnvironment(dataDir: string, environment: Environment): Promise<void> {
  const kept = Object.fromEntries(names.map((name) => [name, environment[name]]));
  await writeFile(fileIn(dataDir), `${JSON.stringify(kept)}\n`, { mode: 0o600 });
}

/** Where the audit is: what the environment says, or else the last start noted. Undefined when there is neither. */
export async function auditEnvironment(dataDir: string): Promise<Environment | undefined> {
  const given = inheritedEnvironment();
  if (given['JOBS_DATABASE_URL']) return given;
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : { ...given, ...(JSON.parse(text) as Environment) };
}
