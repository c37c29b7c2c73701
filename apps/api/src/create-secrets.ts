import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';

/**
 * Makes the file that SECRETS_FILE names, readable by its owner alone; an existing one is never touched, because what
 * was sealed with its keys would be lost. Usage: `node create-secrets.ts <file>`.
 */
const file = process.argv[2];
if (!file) throw new Error('Name the file: node create-secrets.ts <file>');
const key = (): string => randomBytes(32).toString('base64');
try {
  writeFileSync(file, `${JSON.stringify({ SEALING_KEY: key(), PASSWORD_PEPPER: key() }, null, 2)}\n`, {
    mode: 0o600,
    flag: 'wx',
  });
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}
