import type { Result } from '@casetalk/client';
import { limits } from '@casetalk/contract';
import { api } from '../api/client.ts';
import { unfinishedInTalk } from '../files/unfinished-place.ts';
import { queryKeys } from '../queries/query-keys.ts';
import type { Conversation } from './conversation.ts';

/** The file was removed elsewhere in the very moment in which it arrived. */
const vanished: Result<never> = {
  ok: false,
  status: 0,
  problem: { code: 'unreachable', status: 0, title: 'The file is not there any more' },
};

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
      async upload(file, options) {
        if (file.size <= limits.resumableFrom) return api.upload('uploadTalkFile', { params }, file, options);
        const result = await api.uploadResumably('createTalkResumableUpload', { params }, file, options);
        if (!result.ok) return result;
        const { attachment } = result.data;
        return attachment ? { ...result, data: attachment } : vanished;
      },
      remove: (attachmentId) => api.removeTalkUpload({ params: { attachmentId } }),
      unfinished: unfinishedInTalk(talkId),
    },
  };
}
