import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inheritedEnvironment, type Environment } from '../settings.ts';

/** What verifying the audit and backing up need to know of a start. */
const names = [
  'OWNER_DATABASE_URL',
  'DATABASE_URL',
  'JOBS_DATABASE_URL',
  'FILES_DIR',
  'AUDIT_ANCHORS_FILE',
  'SECRETS_FILE',
] as const;
const fileIn = (dataDir: string): string => join(dataDir, 'operator-environment.json');

/** Notes for the operator's commands where the data of this start are; for the owner's eyes, since it holds passwords. */
export async function keepOperatorEnvironment(dataDir: string, environment: Environment): Promise<void> {
  const kept = Object.fromEntries(names.map((name) => [name, environment[name]]));
  await writeFile(fileIn(dataDir), `${JSON.stringify(kept)}\n`, { mode: 0o600 });
}

/**
 * Where the data are: what the environment says, or else the last start noted. Undefined when there is neither.
 * @param needed the setting by which an environment shows that it says it
 */
export async function operatorEnvironment(
  dataDir: string,
  needed: 'DATABASE_URL' | 'JOBS_DATABASE_URL' | 'OWNER_DATABASE_URL',
): Promise<Environment | undefined> {
  const given = inheritedEnvironment();
  if (given[needed]) return given;
  const text = await readFile(fileIn(dataDir), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : { ...given, ...(JSON.parse(text) as Environment) };
}
