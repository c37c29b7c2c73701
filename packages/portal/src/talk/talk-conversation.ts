import { api } from '../api/client.ts';
import { queryKeys } from '../queries/query-keys.ts';
import type { Conversation } from './conversation.ts';

/** The patient talk with this id, for whichever of its two people is signed in. */
export function talkConversation(talkId: string): Conversation {
  const params = { talkId };
  return {
    id: `talk-${talkId}`,
    messagesKey: queryKeys.talkMessages(talkId),
    staleKeys: [queryKeys.talkDetail(talkId), queryKeys.talks, queryKeys.cases],
    loadPage: (cursor, signal) =>
      api.listMessages({ params, query: cursor === null ? {} : { cursor } }, { signal }),
    send: ({ text, attachmentIds }, idempotencyKey) =>
      api.sendMessage({ params, body: { text, attachmentIds: [...attachmentIds] } }, { idempotencyKey }),
    markRead: (messageId) => api.markTalkRead({ params, body: { messageId } }),
    files: {
      uploadsKey: queryKeys.talkUploads(talkId),
      list: (signal) => api.listTalkUploads({ params }, { signal }),
      upload: (file, options) => api.upload('uploadTalkFile', { params }, file, options),
      remove: (attachmentId) => api.removeTalkUpload({ params: { attachmentId } }),
    },
  };
}
