import type { Portal } from '@casetalk/contract';

/** A message of a talk that the viewer may read. */
export interface MessageRow {
  readonly id: string;
  readonly sender: Portal;
  readonly text: string;
  readonly fileCount: number;
  /** RFC 3339 with six decimals. */
  readonly createdAt: string;
}

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
