import type { Task } from '@casetalk/contract';
import type { TaskRow } from './tasks.repository.ts';

export const presentTask = (row: TaskRow): Task => ({
  id: row.id,
  kind: row.reader === 'patient' ? 'patientHasNotRead' : 'youHaveNotRead',
  caseId: row.caseId,
  talkId: row.talkId,
  patientName: row.patientName,
  unreadSince: row.unreadSince.toISOString(),
});
