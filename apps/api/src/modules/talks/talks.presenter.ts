import type { Attachment, Audience, Message, Portal, Talk } from '@casetalk/contract';
import type { MessageRow, ThreadRow } from './messages.rows.ts';
import { mayWrite } from './talks.policy.ts';
import type { TalkRow } from './talks.repository.ts';

/** Cuts PostgreSQL's microseconds to the contract's milliseconds. */
export const instant = (text: string): string => `${text.slice(0, 23)}Z`;
const instantOrNull = (text: string | null): string | null => (text === null ? null : instant(text));

export const presentTalk = (row: TalkRow, viewer: { readonly kind: Portal }, audience: Audience): Talk => ({
  id: row.id,
  caseId: row.caseId,
  caseTitle: row.caseTitle,
  clinician: {
    id: row.clinicianId,
    name: row.clinicianName,
    jobTitle: row.jobTitle,
    practiceName: row.practiceName,
    practicePhone: row.practicePhone,
    replyTime: row.replyTime,
  },
  patientName: row.patientName,
  state: row.joined ? 'active' : 'waiting',
  assurance: row.assurance,
  unread: row.unread,
  lastMessage:
    row.lastMessageAt === null || row.lastSender === null
      ? null
      : {
          at: instant(row.lastMessageAt),
          mine: row.lastSender === viewer.kind,
          excerpt: row.excerpt ?? '',
          fileCount: row.lastFileCount ?? 0,
        },
  myReadAt: instantOrNull(row.myReadUpTo),
  otherReadAt: instantOrNull(row.otherReadUpTo),
  audience,
  abilities: { send: mayWrite(row) },
  createdAt: instant(row.createdAt),
});

/** Fixed width: text compares as time does. */
const isReadBy = (message: MessageRow, readUpTo: string | null): boolean =>
  readUpTo !== null && message.createdAt <= readUpTo;

export function presentMessage(
  row: MessageRow,
  thread: ThreadRow,
  viewer: { readonly kind: Portal | 'breakGlass' },
  attachments: Attachment[],
): Message {
  const mine = row.sender === viewer.kind;
  const fromClinician = row.sender === 'clinician';
  return {
    id: row.id,
    talkId: thread.talkId,
    sender: {
      kind: row.sender,
      // A patient who has written has joined.
      id: fromClinician ? thread.clinicianId : (thread.patientId ?? ''),
      name: fromClinician ? thread.clinicianName : thread.patientName,
    },
    mine,
    text: row.text,
    attachments,
    createdAt: instant(row.createdAt),
    readAt: mine && isReadBy(row, thread.otherReadUpTo) ? instantOrNull(thread.otherReadAt) : null,
  };
}
