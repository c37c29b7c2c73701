import type { FileKind } from '@casetalk/contract';

interface NamedFile {
  readonly id: string;
  readonly name: string;
  readonly kind: FileKind;
  readonly removed: boolean;
}

export interface NamePage {
  readonly kind?: FileKind | undefined;
  readonly direction: 'ascending' | 'descending';
  /** The last one of the page before; it may have been taken back since. */
  readonly after?: string | undefined;
  readonly limit: number;
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/**
 * A page of a case's files by name, letters great and small alike, then by id. Done here and not by the database, which
 * cannot read the names.
 * @param files all of the case, those taken back included
 */
export function pageByName<F extends NamedFile>(files: readonly F[], page: NamePage): F[] {
  const sign = page.direction === 'ascending' ? 1 : -1;
  const sorted = files
    .map((file) => ({ file, key: file.name.toLowerCase() }))
    .toSorted((a, b) => sign * (compare(a.key, b.key) || compare(a.file.id, b.file.id)))
    .map(({ file }) => file);
  const last = page.after === undefined ? -1 : sorted.findIndex(({ id }) => id === page.after);
  if (page.after !== undefined && last === -1) return [];
  return sorted
    .slice(last + 1)
    .filter(({ removed, kind }) => !removed && (page.kind === undefined || kind === page.kind))
    .slice(0, page.limit);
}
