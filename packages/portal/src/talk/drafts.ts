import { useCallback, useEffect, useRef, useState } from 'react';
import { keep, kept } from '../device/person-storage.ts';

const nameOf = (conversationId: string): string => `draft/${conversationId}`;

/** How long one has to stop typing before the draft is written down, in milliseconds. */
const quietMs = 300;

/** The draft of a person in a conversation, or an empty text. */
export function draftOf(personId: string, conversationId: string): string {
  const text = kept(personId, nameOf(conversationId));
  return typeof text === 'string' ? text : '';
}

/** Whether something was begun and not sent. */
export const hasDraft = (personId: string, conversationId: string): boolean =>
  draftOf(personId, conversationId).trim() !== '';

/** The text of the composer, written down on this device as it is typed. */
export function useDraft(personId: string, conversationId: string) {
  const [text, setText] = useState(() => draftOf(personId, conversationId));
  const [saved, setSaved] = useState(text !== '');
  const latest = useRef(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const write = useCallback(() => {
    keep(personId, nameOf(conversationId), latest.current === '' ? undefined : latest.current);
    setSaved(latest.current !== '');
  }, [conversationId, personId]);

  const change = useCallback(
    (next: string) => {
      latest.current = next;
      setText(next);
      setSaved(false);
      clearTimeout(timer.current);
      timer.current = setTimeout(write, quietMs);
    },
    [write],
  );

  useEffect(() => {
    addEventListener('pagehide', write);
    return () => {
      clearTimeout(timer.current);
      removeEventListener('pagehide', write);
      keep(personId, nameOf(conversationId), latest.current === '' ? undefined : latest.current);
    };
  }, [conversationId, personId, write]);

  return { text, change, saved };
}
