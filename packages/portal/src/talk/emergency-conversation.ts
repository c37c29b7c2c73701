import { api } from '../api/client.ts';
import { queryKeys } from '../queries/query-keys.ts';
import type { Conversation } from './conversation.ts';

/** Reading leaves no mark in the talk; it stands in the record of who has seen it. */
const markNothing: Conversation['markRead'] = async () => ({
  ok: true,
  status: 204,
  data: undefined,
  headers: new Headers(),
});

/** A talk as an administrator reads it by emergency access: there is nothing to write with. */
export function emergencyConversation(grantId: string): Conversation {
  const params = { grantId };
  return {
    id: `emergency-${grantId}`,
    messagesKey: queryKeys.breakGlassMessages(grantId),
    staleKeys: [],
    async loadPage(cursor, signal) {
      const result = await api.listBreakGlassMessages(
        { params, query: cursor === null ? {} : { cursor } },
        { signal },
      );
      if (!result.ok) return result;
      const data = result.data.data.map((message) => ({
        ...message,
        attachments: message.attachments.map((file) => ({ ...file, grantId })),
      }));
      return { ...result, data: { ...result.data, data } };
    },
    send: () => Promise.reject(new Error('Nobody writes by emergency access.')),
    markRead: markNothing,
    draft: null,
    files: null,
  };
}
