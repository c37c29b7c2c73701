import { fingerprintOf } from '@casetalk/client';
import type { ResumableUpload } from '@casetalk/contract';
import type { UnfinishedPlace } from './unfinished-place.ts';
import { uploadsAtWork } from './upload-hold.ts';

/** Names are tidied on their way: composed letters, one space at a time. */
const tidied = (name: string): string => name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();

export const isSameName = (one: string, other: string): boolean => tidied(one) === tidied(other);

/**
 * Whether a chosen file is the one that an upload began with. By what is in it, where the upload knows that; a name and a
 * size are alike for many a picture of the same device, and two halves of different files would make one that is broken.
 */
export async function isSameFile(file: File, { name, size, fingerprint }: ResumableUpload): Promise<boolean> {
  if (file.size !== size) return false;
  const found = fingerprint === null ? undefined : await fingerprintOf(file);
  return found === undefined ? isSameName(file.name, name) : found === fingerprint;
}

/**
 * The unfinished upload that a file goes on with although nobody pointed at it: the same file, added again.
 * @param isTaken says of an upload's id whether this page is at work on it
 * @returns its id; undefined when the file begins anew
 */
export async function unfinishedOf(
  file: File,
  place: UnfinishedPlace,
  isTaken: (id: string) => boolean,
  signal: AbortSignal,
): Promise<string | undefined> {
  const listed = await place.list(signal);
  if (!listed.ok) return undefined;
  const elsewhere = await uploadsAtWork();
  for (const upload of listed.data.data) {
    const isFree = !isTaken(upload.id) && !elsewhere.has(upload.id);
    if (isFree && isSameName(file.name, upload.name) && (await isSameFile(file, upload))) return upload.id;
  }
  return undefined;
}
