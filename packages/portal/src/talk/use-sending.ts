import { newIdempotencyKey } from '@casetalk/client';
import { useAnnouncer } from '@casetalk/ui';
import type { Attachment } from '@casetalk/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { watchConnection, isConnected } from '../connection/connection.ts';
import { useWords } from '../language/use-words.ts';
import { queryKeys } from '../queries/query-keys.ts';
import type { Conversation, ThreadMessage } from './conversation.ts';
import type { Desk } from './desks.ts';
import type { OutgoingMessage } from './outbox.ts';
import { unconfirmed } from './outbox.ts';
import { putMessage } from './use-messages.ts';

/** Sends messages through the outbox: shown at once, kept until confirmed, never doubled. */
export function useSending(conversation: Conversation, desk: Desk, messages: readonly ThreadMessage[]) {
  const client = useQueryClient();
  const announce = useAnnouncer();
  const words = useWords();
  const { draft, outbox } = desk;
  const all = useSyncExternalStore(outbox.subscribe, outbox.messages);
  const newest = messages.at(-1)?.id ?? null;

  const deliver = useCallback(
    async (message: OutgoingMessage) => {
      // A save that is under way arrives first: the message then takes what it left with it.
      await draft.settled();
      outbox.mark(message.key, 'sending', null);
      const result = await conversation.send(
        {
          text: message.text,
          attachmentIds: message.attachments.map((file) => file.id),
          draft: message.draft,
        },
        message.key,
      );
      if (!result.ok) {
        outbox.mark(message.key, 'failed', result.problem);
        announce(words('talk.notSent'), 'assertive');
        if (result.problem.code === 'unauthenticated') {
          void client.invalidateQueries({ queryKey: queryKeys.session });
        }
        return;
      }
      putMessage(client, conversation, result.data);
      outbox.remove(message.key);
      announce(words('composer.sent'));
      for (const queryKey of [conversation.messagesKey, ...conversation.staleKeys]) {
        void client.invalidateQueries({ queryKey });
      }
    },
    [announce, client, conversation, draft, outbox, words],
  );

  const send = useCallback(
    (text: string, attachments: readonly Attachment[]) => {
      const message: OutgoingMessage = {
        key: newIdempotencyKey(),
        text,
        attachments,
        draft: draft.take(),
        writtenAt: new Date().toISOString(),
        after: newest,
        state: 'sending',
        problem: null,
      };
      outbox.add(message);
      void deliver(message);
    },
    [deliver, draft, newest, outbox],
  );

  // What the connection kept back goes out by itself once it is there again.
  useEffect(
    () =>
      watchConnection(() => {
        if (!isConnected()) return;
        for (const message of outbox.messages()) {
          if (message.state === 'failed' && message.problem?.code === 'unreachable') void deliver(message);
        }
      }),
    [deliver, outbox],
  );

  // A message that arrived although its answer was lost needs no second sending.
  useEffect(() => {
    const open = new Set(unconfirmed(messages, all).map((message) => message.key));
    for (const message of all) {
      if (message.state === 'failed' && !open.has(message.key)) outbox.remove(message.key);
    }
  }, [all, messages, outbox]);

  return {
    outgoing: unconfirmed(messages, all),
    send,
    tryAgain: (message: OutgoingMessage) => void deliver(message),
    /** Takes a message that was not sent back out, to be written anew. */
    takeBack: (message: OutgoingMessage) => outbox.remove(message.key),
  };
}
