import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Makes the file that SECRETS_FILE names, readable by its owner alone. A key that stands in it is never touched, because
 * what was sealed with it would be lost; keys that an older version did not know are added.
 * Usage: `node create-secrets.ts <file>`.
 */
const file = process.argv[2];
if (!file) throw new Error('Name the file: node create-secrets.ts <file>');
const names = ['SEALING_KEY', 'PASSWORD_PEPPER', 'VAULT_KEY'] as const;

const known = keysIn(file);
const missing = names.filter((name) => known[name] === undefined);
if (missing.length > 0) {
  const keys = { ...known, ...Object.fromEntries(missing.map((name) => [name, newKey()])) };
  // Whole or not at all: half a file of keys would be worse than none.
  const beside = `${file}.${process.pid}`;
  try {
    writeFileSync(beside, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(beside, file);
  } finally {
    rmSync(beside, { force: true });
  }
}

function newKey(): string {
  return randomBytes(32).toString('base64');
}

function keysIn(path: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
