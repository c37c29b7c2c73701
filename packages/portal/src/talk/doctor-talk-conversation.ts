import type { DoctorTalkMessage } from '@casetalk/contract';
import { api } from '../api/client.ts';
import { queryKeys } from '../queries/query-keys.ts';
import type { Conversation, ThreadMessage } from './conversation.ts';

const noFiles: ThreadMessage['attachments'] = [];

const threadMessage = (message: DoctorTalkMessage): ThreadMessage => ({
  id: message.id,
  sender: {
    id: message.sender.id,
    name: message.sender.name,
    role: [message.sender.jobTitle, message.sender.practiceName].filter(Boolean).join(', '),
  },
  mine: message.mine,
  text: message.text,
  attachments: noFiles,
  createdAt: message.createdAt,
  readAt: null,
});

/** The thread that all members of a case share. It carries no files. */
export function doctorTalkConversation(caseId: string): Conversation {
  const params = { caseId };
  return {
    id: `doctor-talk-${caseId}`,
    messagesKey: queryKeys.doctorTalkMessages(caseId),
    staleKeys: [queryKeys.caseDetail(caseId), queryKeys.cases],
    async loadPage(cursor, signal) {
      const result = await api.listDoctorTalkMessages(
        { params, query: cursor === null ? {} : { cursor } },
        { signal },
      );
      return result.ok
        ? { ...result, data: { ...result.data, data: result.data.data.map(threadMessage) } }
        : result;
    },
    async send({ text, draft }, idempotencyKey) {
      const result = await api.sendDoctorTalkMessage(
        { params, body: { text, ...(draft ? { draft } : {}) } },
        { idempotencyKey },
      );
      return result.ok ? { ...result, data: threadMessage(result.data) } : result;
    },
    markRead: (messageId) => api.markDoctorTalkRead({ params, body: { messageId } }),
    draft: {
      key: queryKeys.doctorTalkDraft(caseId),
      load: (signal) => api.getDoctorTalkDraft({ params }, signal ? { signal } : {}),
      save: (text, { version, writer }, leaving) =>
        api.saveDoctorTalkDraft({ params, body: { text, writer } }, { ifMatch: version, keepalive: leaving }),
      discard: () => api.discardDoctorTalkDraft({ params }),
    },
    files: null,
  };
}
