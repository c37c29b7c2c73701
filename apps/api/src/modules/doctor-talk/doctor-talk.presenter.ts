import type { DoctorTalkMessage } from '@casetalk/contract';
import type { DoctorTalkMessageRow } from './doctor-talk.repository.ts';

/** Cuts PostgreSQL's microseconds to the contract's milliseconds. */
export const instant = (text: string): string => `${text.slice(0, 23)}Z`;

export const presentDoctorTalkMessage = (
  row: DoctorTalkMessageRow,
  viewer: { readonly id: string },
): DoctorTalkMessage => ({
  id: row.id,
  caseId: row.caseId,
  sender: {
    id: row.senderId,
    name: row.senderName,
    jobTitle: row.jobTitle,
    practiceName: row.practiceName,
  },
  mine: row.senderId === viewer.id,
  text: row.text,
  createdAt: instant(row.createdAt),
});
