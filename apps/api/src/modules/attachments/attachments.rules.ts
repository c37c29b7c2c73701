import type { ProblemCode } from '@casetalk/contract';

/** Files that one person may have waiting in one talk: two messages full. */
const pendingLimit = 20;

/** Bytes that may be kept, as the settings have them. */
export interface Quotas {
  readonly talkBytes: number;
  readonly caseBytes: number;
  readonly personDayBytes: number;
}

/**
 * Whether one more upload to a talk fits.
 * @param size of the file in bytes; 0 while nothing of it is known
 */
export function talkUploadRefusal(
  usage: { readonly pending: number; readonly talkBytes: number; readonly dayBytes: number },
  size: number,
  quotas: Quotas,
): ProblemCode | undefined {
  if (usage.pending >= pendingLimit) return 'too-many-files';
  const isFull =
    exceeds(usage.talkBytes, size, quotas.talkBytes) || exceeds(usage.dayBytes, size, quotas.personDayBytes);
  return isFull ? 'storage-full' : undefined;
}

/** Whether one more upload to a case fits. */
export const caseUploadRefusal = (
  usage: { readonly caseBytes: number; readonly dayBytes: number },
  size: number,
  quotas: Quotas,
): ProblemCode | undefined =>
  exceeds(usage.caseBytes, size, quotas.caseBytes) || exceeds(usage.dayBytes, size, quotas.personDayBytes)
    ? 'storage-full'
    : undefined;

const exceeds = (used: number, more: number, quota: number): boolean =>
  more === 0 ? used >= quota : used + more > quota;

/** Letters from A; the newest first. */
export const defaultDirection = (sort: 'added' | 'name' | 'addedBy'): 'ascending' | 'descending' =>
  sort === 'added' ? 'descending' : 'ascending';
