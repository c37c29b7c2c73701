import { limits } from '@casetalk/contract';

/** Bytes of an unfinished file that are sealed, flushed and acknowledged together: what a crash can cost at most. */
export const partSize = 16 * 1024 * 1024;
/** Smaller ones, save the last, would make a file of endless parts. */
export const smallestPart = 64 * 1024;

/** What the sender says of a file before any byte of it. */
export interface DeclaredFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** By which the sender knows the file again; null when nothing fit was given. */
  readonly fingerprint: string | null;
}

/** Why an upload's declaration is refused. */
export type DeclarationFault = 'size-missing' | 'name-missing' | 'empty' | 'too-large';

/**
 * Reads tus' headers of a creation.
 * @param length `Upload-Length`
 * @param metadata `Upload-Metadata`: pairs of a key and a value in base64, separated by commas
 */
export function declarationOf(
  length: string | undefined,
  metadata: string | undefined,
): DeclaredFile | DeclarationFault {
  if (length === undefined || !/^\d{1,15}$/.test(length)) return 'size-missing';
  const size = Number(length);
  if (size === 0) return 'empty';
  if (size > limits.fileSize) return 'too-large';
  const pairs = (metadata ?? '').split(',').map((pair) => pair.trim().split(' '));
  const valueOf = (name: string): string | undefined => {
    const encoded = pairs.find(([key]) => key === name)?.[1];
    if (!encoded || !/^[\w+/-]+={0,2}$/.test(encoded)) return undefined;
    return Buffer.from(encoded, 'base64').toString('utf8');
  };
  const name = valueOf('filename');
  if (name === undefined) return 'name-missing';
  const fingerprint = valueOf('fingerprint');
  return { name, size, fingerprint: fingerprint && fingerprintForm.test(fingerprint) ? fingerprint : null };
}

/** What a hash looks like, however it is written. */
const fingerprintForm = /^[\w-]{16,64}$/;

/** Where the sender says that its bytes begin; undefined when it does not say so. */
export const offsetOf = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
