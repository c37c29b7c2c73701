import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useAnnouncer } from '@casetalk/ui';
import { useWords } from '../language/use-words.ts';
import type { Conversation, ThreadMessage } from './conversation.ts';

/** The id of a message's element, for reading marks and links. */
export const elementIdOf = (messageId: string): string => `message-${messageId}`;

/** Marks the conversation as read up to the newest message of somebody else, once that message is really on screen. */
export function useReadMark(conversation: Conversation, messages: readonly ThreadMessage[]): void {
  const client = useQueryClient();
  const marked = useRef<string | null>(null);
  const newest = messages.findLast((message) => !message.mine)?.id ?? null;

  useEffect(() => {
    if (newest === null || marked.current === newest) return undefined;
    const element = document.getElementById(elementIdOf(newest));
    if (!element) return undefined;
    let onScreen = false;
    const mark = async () => {
      if (!onScreen || document.visibilityState !== 'visible' || marked.current === newest) return;
      marked.current = newest;
      const result = await conversation.markRead(newest);
      if (!result.ok) {
        marked.current = null;
        return;
      }
      for (const queryKey of conversation.staleKeys) void client.invalidateQueries({ queryKey });
    };
    const observer = new IntersectionObserver(([entry]) => {
      onScreen = entry?.isIntersecting ?? false;
      void mark();
    });
    const look = () => void mark();
    observer.observe(element);
    document.addEventListener('visibilitychange', look);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', look);
    };
  }, [client, conversation, newest]);
}

/** Says "New message from …" for what arrives while the talk is open; a whole log is never read again. */
export function useArrivals(messages: readonly ThreadMessage[], loaded: boolean): void {
  const announce = useAnnouncer();
  const words = useWords();
  const newest = useRef<string | null>(null);
  const started = useRef(false);

  useEffect(() => {
    if (!loaded) return;
    const last = messages.at(-1)?.id ?? null;
    if (started.current) {
      const before = newest.current;
      const names = messages
        .filter((message) => !message.mine && (before === null || message.id > before))
        .map((message) => message.sender.name);
      for (const name of new Set(names)) announce(words('talk.newFrom', { name }));
    }
    started.current = true;
    newest.current = last;
  }, [announce, loaded, messages, words]);
}
