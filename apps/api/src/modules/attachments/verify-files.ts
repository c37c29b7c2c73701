import { createHash } from 'node:crypto';
import type { Database } from '../../db/database.ts';
import { KeyRefused } from '../../gateways/key-vault.ts';
import { SealBroken } from '../../vault/seal-broken.ts';
import type { SealedFileStore } from '../../vault/sealed-file-store.ts';
import { fileRepository } from './files.repository.ts';
import { type NamedBytes, namedBytesRepository } from './named-bytes.repository.ts';
import { namelessBefore } from './nameless-bytes.ts';

type Store = Pick<SealedFileStore, 'sizeOf' | 'read' | 'keysBefore'>;

/**
 * How closely a file is looked at: that it is there in its full length; that it opens at its beginning and its end; that
 * every byte opens and all together have the hash of the day on which it came.
 */
export type Depth = 'there' | 'opens' | 'whole';

/** What is wrong with a file that a row names. */
export interface Fault {
  readonly id: string;
  /** `missing`: no bytes. `length`: too few or too many. `seal`: they do not open. `hash`: they open and are others. */
  readonly what: 'missing' | 'length' | 'seal' | 'hash';
}

export interface FilesVerdict {
  readonly files: number;
  readonly previews: number;
  /** Of large files, and of uploads that are not finished. */
  readonly parts: number;
  readonly faults: readonly Fault[];
  /** Bytes that no row names: those of today, which an upload may be about to name, and those that should be gone. */
  readonly unnamed: { readonly young: number; readonly old: readonly string[] };
}

/** Files are looked at so many at a time: a store far away answers slowly, a disk not at all faster. */
const atOnce = 8;
/** Orphans are removed once they are a day old, by a round that comes every hour. */
const overdue = 26 * 60 * 60_000;

/** Holds every file that a row names against the store, and every file of the store against the rows. */
export async function verifyFiles(
  db: Pick<Database, 'transaction'>,
  store: Store,
  depth: Depth,
): Promise<FilesVerdict> {
  const files = await lookAtAll(db, store, depth, 'files');
  const previews = await lookAtAll(db, store, depth, 'previews');
  const parts = await lookAtAll(db, store, depth, 'parts');
  return {
    files: files.count,
    previews: previews.count,
    parts: parts.count,
    faults: [...files.faults, ...previews.faults, ...parts.faults],
    unnamed: await unnamed(db, store),
  };
}

/** The ids of rows whose bytes are not there, or not all of them. For a round that looks at everything every day. */
export async function lookForMissing(db: Pick<Database, 'transaction'>, store: Store): Promise<string[]> {
  const found = [
    ...(await lookAtAll(db, store, 'there', 'files')).faults,
    ...(await lookAtAll(db, store, 'there', 'previews')).faults,
    ...(await lookAtAll(db, store, 'there', 'parts')).faults,
  ];
  return found.map(({ id }) => id);
}

async function lookAtAll(
  db: Pick<Database, 'transaction'>,
  store: Store,
  depth: Depth,
  kind: keyof typeof namedBytesRepository,
): Promise<{ count: number; faults: Fault[] }> {
  const suspects: Fault[] = [];
  let count = 0;
  let last: string | undefined;
  for (;;) {
    const page = await db.transaction((tx) => namedBytesRepository[kind](tx, last));
    for (let at = 0; at < page.length; at += atOnce) {
      const looked = await Promise.all(
        page
          .slice(at, at + atOnce)
          .map(async (named) => ({ named, what: await faultOf(store, named, depth) })),
      );
      for (const { named, what } of looked) if (what) suspects.push({ id: named.id, what });
    }
    count += page.length;
    last = page.at(-1)?.id;
    if (last === undefined) break;
  }
  // Removed meanwhile, row and bytes: nothing is wrong with these.
  const faults: Fault[] = [];
  for (const suspect of suspects) {
    const known = await db.transaction((tx) => fileRepository.known(tx, [suspect.id]));
    if (known.has(suspect.id)) faults.push(suspect);
  }
  return { count, faults };
}

async function faultOf(
  store: Store,
  { id, size, sealedSize, file }: NamedBytes,
  depth: Depth,
): Promise<Fault['what'] | undefined> {
  const found = await store.sizeOf(id);
  if (found === undefined) return 'missing';
  if (found !== sealedSize) return 'length';
  if (depth === 'there' || !file) return undefined;
  const stored = { fileId: id, size, keyOwnerId: file.keyOwnerId };
  try {
    if (depth === 'whole') {
      const hash = createHash('sha256');
      for await (const bytes of store.read(stored)) hash.update(bytes as Buffer);
      return hash.digest().equals(file.sha256) ? undefined : 'hash';
    }
    for (const at of new Set([0, size - 1])) await store.read(stored, { start: at, end: at }).toArray();
    return undefined;
  } catch (error) {
    if (error instanceof SealBroken || error instanceof KeyRefused) return 'seal';
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw error;
  }
}

async function unnamed(db: Pick<Database, 'transaction'>, store: Store): Promise<FilesVerdict['unnamed']> {
  const old = new Set<string>();
  for await (const key of namelessBefore(db, store, new Date(Date.now() - overdue))) old.add(key);
  let young = 0;
  // A disk's clock may be a little ahead.
  for await (const key of namelessBefore(db, store, new Date(Date.now() + 60_000))) {
    if (!old.has(key)) young += 1;
  }
  return { young, old: [...old] };
}
