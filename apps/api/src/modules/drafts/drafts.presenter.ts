import type { Draft, DraftPlace } from '@casetalk/contract';
import type { DraftPlaceRow } from './drafts.repository.ts';

/** Cuts PostgreSQL's microseconds to the contract's milliseconds. */
const instant = (text: string): string => `${text.slice(0, 23)}Z`;

export const presentDraft = (
  text: string,
  row: { readonly version: number; readonly savedAt: string } | undefined,
): Draft => ({ text, version: row?.version ?? 0, savedAt: row ? instant(row.savedAt) : null });

export const presentPlace = ({ talkId, caseId, savedAt }: DraftPlaceRow): DraftPlace => ({
  talkId,
  caseId,
  savedAt: instant(savedAt),
});
