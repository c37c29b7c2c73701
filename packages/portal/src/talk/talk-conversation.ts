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
    send: ({ text, attachmentIds, draft }, idempotencyKey) =>
      api.sendMessage(
        { params, body: { text, attachmentIds: [...attachmentIds], ...(draft ? { draft } : {}) } },
        { idempotencyKey },
      ),
    markRead: (messageId) => api.markTalkRead({ params, body: { messageId } }),
    draft: {
      key: queryKeys.talkDraft(talkId),
      load: (signal) => api.getTalkDraft({ params }, signal ? { signal } : {}),
      save: (text, { version, writer }, leaving) =>
        api.saveTalkDraft({ params, body: { text, writer } }, { ifMatch: version, keepalive: leaving }),
      discard: () => api.discardTalkDraft({ params }),
    },
    files: {
      uploadsKey: queryKeys.talkUploads(talkId),
      list: (signal) => api.listTalkUploads({ params }, { signal }),
      upload: (file, options) => api.upload('uploadTalkFile', { params }, file, options),
      remove: (attachmentId) => api.removeTalkUpload({ params: { attachmentId } }),
    },
  };
}
