import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { KeyRefused, type KeyVault } from '../gateways/key-vault.ts';
import { BackupRefusal } from './backup-refusal.ts';
import { writeDurably } from './hashed-file.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A file of the backup: its place below the backup's folder, its bytes and their hash. */
const part = z.object({ path: z.string(), bytes: z.int().min(0), sha256 });
export type Part = z.infer<typeof part>;

const manifestSchema = z.object({
  form: z.literal(1),
  /** The instant that the backup shows: what was committed later is not in it. */
  takenAt: z.iso.datetime(),
  /** Of the product's packages. */
  product: z.string(),
  postgres: z.string(),
  schema: z.object({
    migrations: z.int().min(1),
    /** Of the last migration that had run. */
    hash: sha256,
    /** Of the job queue's own schema. */
    queue: z.int().min(1),
  }),
  tables: z.array(
    part.extend({
      schema: z.string(),
      name: z.string(),
      columns: z.array(z.string()).min(1),
      rows: z.int().min(0),
    }),
  ),
  /** Every file of the store, a line each, stands in the part that is named here. */
  files: part.extend({ count: z.int().min(0), bytesOfFiles: z.int().min(0) }),
  audit: z.object({ seals: z.int().min(0), head: sha256.nullable(), anchors: part }),
  /** What the backup cannot be opened without; the keys themselves are not in it. */
  keys: z.object({
    vault: z.array(z.object({ id: z.string(), isCurrent: z.boolean(), keyCheck: z.base64() })),
    /** Fingerprints of those of the settings that were at hand. */
    settings: z.record(z.string(), z.string()),
  }),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type TablePart = Manifest['tables'][number];

/** Beside the manifest: its hash, wrapped under the vault's key, so that it can be neither changed nor made up. */
const sealSchema = z.object({ keyId: z.string(), wrapped: z.base64() });

const manifestName = 'manifest.json';
const sealName = 'manifest.seal.json';
/** No talk and no case has this id. */
const sealOwner = 'backup-manifest';

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Written last: a folder without it is no backup. */
export async function writeManifest(folder: string, manifest: Manifest, vault: KeyVault): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const wrapped = await vault.wrap(vault.keyId, hashOf(text), sealOwner);
  const seal = { keyId: vault.keyId, wrapped: wrapped.toString('base64') };
  await writeDurably(join(folder, sealName), `${JSON.stringify(seal)}\n`);
  await writeDurably(join(folder, manifestName), text);
}

/**
 * Reads the manifest and opens its seal.
 * @throws BackupRefusal when there is none, when it was changed, or when the settings' vault key is another one
 */
export async function readManifest(folder: string, vault: KeyVault): Promise<Manifest> {
  const text = await textOf(folder, manifestName);
  const seal = parse(sealSchema, await textOf(folder, sealName), sealName);
  if (!vault.knows(seal.keyId)) {
    throw new BackupRefusal(
      `The backup was made under the vault key ${seal.keyId}; the settings give ${vault.keyId}. Set the key that it was ` +
        'made under as VAULT_KEY, or add it to VAULT_FORMER_KEYS.',
    );
  }
  const hash = await opened(seal, vault);
  if (!hash?.equals(hashOf(text))) {
    throw new BackupRefusal(`${manifestName} is not the one that was written: it or its seal was changed.`);
  }
  return parse(manifestSchema, text, manifestName);
}

async function opened(seal: z.infer<typeof sealSchema>, vault: KeyVault): Promise<Buffer | undefined> {
  try {
    return await vault.unwrap(seal.keyId, Buffer.from(seal.wrapped, 'base64'), sealOwner);
  } catch (error) {
    if (error instanceof KeyRefused) return undefined;
    throw error;
  }
}

async function textOf(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch {
    throw new BackupRefusal(
      `${join(folder, name)} cannot be read: this is no backup, or one that was broken off.`,
    );
  }
}

function parse<S extends z.ZodType>(schema: S, text: string, name: string): z.infer<S> {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new BackupRefusal(
      `${name} cannot be understood: it was changed, or a newer version of CaseTalk made it.`,
    );
  }
}
