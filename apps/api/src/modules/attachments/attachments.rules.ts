import type { Problem, ProblemCode } from '@casetalk/contract';

/** Files that one person may have waiting in one talk: two messages full. */
const pendingLimit = 20;

/** Bytes that may be kept, as the settings have them. */
export interface Quotas {
  readonly talkBytes: number;
  readonly caseBytes: number;
  readonly personDayBytes: number;
}

type QuotaName = NonNullable<Problem['quota']>;

/** Why an upload does not fit, and which of the quotas it is. */
export interface UploadRefusal {
  readonly code: ProblemCode;
  readonly quota?: QuotaName;
}

/**
 * Whether one more upload to a talk fits.
 * @param size of the file in bytes; 0 while nothing of it is known
 */
export function talkUploadRefusal(
  usage: { readonly pending: number; readonly talkBytes: number; readonly dayBytes: number },
  size: number,
  quotas: Quotas,
): UploadRefusal | undefined {
  if (usage.pending >= pendingLimit) return { code: 'too-many-files' };
  if (exceeds(usage.talkBytes, size, quotas.talkBytes)) return { code: 'quota-reached', quota: 'talk' };
  return dayRefusal(usage, size, quotas);
}

/** Whether one more upload to a case fits. */
export const caseUploadRefusal = (
  usage: { readonly caseBytes: number; readonly dayBytes: number },
  size: number,
  quotas: Quotas,
): UploadRefusal | undefined =>
  exceeds(usage.caseBytes, size, quotas.caseBytes)
    ? { code: 'quota-reached', quota: 'case' }
    : dayRefusal(usage, size, quotas);

const dayRefusal = (
  usage: { readonly dayBytes: number },
  size: number,
  quotas: Quotas,
): UploadRefusal | undefined =>
  exceeds(usage.dayBytes, size, quotas.personDayBytes) ? { code: 'quota-reached', quota: 'day' } : undefined;

/** How to make room, for whoever is refused. */
export const quotaAdvice: Readonly<Record<QuotaName, string>> = {
  talk: 'The files of this talk have used up their room. Remove files that are not sent yet, or send a smaller one.',
  case: 'The files uploaded to this case have used up their room. Ask the practice to raise the limit, or send a smaller one.',
  day: 'You have uploaded as much as one person may within 24 hours. Remove files that are not sent yet, or go on tomorrow.',
};

const exceeds = (used: number, more: number, quota: number): boolean =>
  more === 0 ? used >= quota : used + more > quota;

/** Letters from A; the newest first. */
export const defaultDirection = (sort: 'added' | 'name' | 'addedBy'): 'ascending' | 'descending' =>
  sort === 'added' ? 'descending' : 'ascending';
