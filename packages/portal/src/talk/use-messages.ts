import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  useInfiniteQuery,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { answerOf } from '../api/api-failure.ts';
import type { Conversation, MessagePage, ThreadMessage } from './conversation.ts';

const messagesQuery = (conversation: Conversation) =>
  infiniteQueryOptions({
    queryKey: conversation.messagesKey,
    queryFn: ({ pageParam, signal }) => answerOf(conversation.loadPage(pageParam, signal)),
    initialPageParam: null as string | null,
    getNextPageParam: (last: MessagePage) => last.nextCursor,
  });

/** The messages of a conversation, oldest first, and the way to older ones. */
export function useMessages(conversation: Conversation) {
  const query = useInfiniteQuery(messagesQuery(conversation));
  const messages = useMemo(() => oldestFirst(query.data), [query.data]);
  return {
    messages,
    isPending: query.isPending,
    error: query.data ? null : query.error,
    hasOlder: query.hasNextPage,
    loadingOlder: query.isFetchingNextPage,
    loadOlder: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  };
}

/** All pages in the order they were said. A message that moved from one page to the next shows once. */
function oldestFirst(data: InfiniteData<MessagePage> | undefined): readonly ThreadMessage[] {
  const newestFirst = data?.pages.flatMap((page) => page.data) ?? [];
  return [...new Map(newestFirst.map((message) => [message.id, message])).values()].toReversed();
}

/** Puts a message that the API has just confirmed into the cache, so that it stands there before the next answer. */
export function putMessage(client: QueryClient, conversation: Conversation, message: ThreadMessage): void {
  client.setQueryData<InfiniteData<MessagePage, string | null>>(conversation.messagesKey, (data) => {
    const [first, ...rest] = data?.pages ?? [];
    if (!data || !first || first.data.some((item) => item.id === message.id)) return data;
    return { ...data, pages: [{ ...first, data: [message, ...first.data] }, ...rest] };
  });
}
