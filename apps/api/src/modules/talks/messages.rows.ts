import type { Portal } from '@casetalk/contract';
import type { DataKey } from '../../vault/data-key.ts';

/** A message of a talk that the viewer may read. */
export interface MessageRow {
  readonly id: string;
  readonly sender: Portal;
  readonly text: string;
  readonly fileCount: number;
  /** RFC 3339 with six decimals. */
  readonly createdAt: string;
}

/** The same as the database keeps it. */
export interface SealedMessageRow extends Omit<MessageRow, 'text'> {
  readonly body: Buffer;
}

/** @throws SealBroken */
export const openMessage = (
  key: DataKey,
  { id, sender, body, fileCount, createdAt }: SealedMessageRow,
): MessageRow => ({ id, sender, text: key.openText('messages.body', id, body), fileCount, createdAt });

/** The talk that messages belong to, as far as showing them needs it. */
export interface ThreadRow {
  readonly talkId: string;
  readonly caseId: string;
  readonly clinicianId: string;
  readonly clinicianName: string;
  readonly patientId: string | null;
  readonly patientName: string;
  /** Up to which message the other side has read, and when; RFC 3339 with six decimals. */
  readonly otherReadUpTo: string | null;
  readonly otherReadAt: string | null;
}
