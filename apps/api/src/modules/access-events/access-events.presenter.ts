import type { AccessEvent } from '@casetalk/contract';
import type { AccessEntry } from './access-events.rules.ts';
import type { NamedAccessRow } from './access-events.repository.ts';

/** Cuts PostgreSQL's microseconds to the contract's milliseconds. */
const instant = (text: string): string => `${text.slice(0, 23)}Z`;

/** @param fileName of the file that it is about, which the viewer may see */
export const presentAccess = (
  { act, via, first, last, times }: AccessEntry & { readonly last: NamedAccessRow },
  viewer: { readonly id: string },
  fileName: string | undefined,
): AccessEvent => ({
  // Stays the same while the hour goes on.
  id: first.id,
  act,
  at: instant(last.at),
  firstAt: instant(first.at),
  times,
  via,
  by: {
    kind: last.actorKind,
    id: last.actorId,
    name: last.name,
    jobTitle: last.jobTitle,
    practiceName: last.practiceName,
    me: last.actorId === viewer.id,
  },
  talk: {
    id: last.talkId,
    caseId: last.caseId,
    caseTitle: last.caseTitle,
    clinicianName: last.clinicianName,
  },
  file:
    last.attachmentId === null || fileName === undefined
      ? null
      : { attachmentId: last.attachmentId, name: fileName },
  grantId: last.grantId,
});
