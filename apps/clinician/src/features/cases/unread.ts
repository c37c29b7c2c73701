import type { CaseSummary } from '@casetalk/contract';

/** Unread messages of a case in both of its talks. */
export const unreadOf = (found: Pick<CaseSummary, 'myTalk' | 'doctorTalkUnread'>): number =>
  found.myTalk.unread + found.doctorTalkUnread;
