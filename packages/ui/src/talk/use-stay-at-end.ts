import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

/** How near to the end still counts as reading the newest, in CSS pixels. */
const nearPx = 48;

export interface StayAtEnd {
  /** Ids of the messages shown, oldest first. */
  readonly ids: readonly string[];
  /** The newest is the reader's own: it is shown wherever one was reading. */
  readonly lastIsOwn: boolean;
}

export interface StayAtEndView {
  readonly frame: RefObject<HTMLElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  /** How many came while the reader was further up. */
  readonly unseen: number;
  readonly onScroll: () => void;
  readonly jump: () => void;
}

/**
 * Keeps a talk at its newest message only while the reader is there. Older messages put above do not move
 * what is being read, and pictures that arrive late do not push the end away.
 */
export const useStayAtEnd = ({ ids, lastIsOwn }: StayAtEnd): StayAtEndView => {
  const frame = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const shown = useRef<readonly string[]>([]);
  const settled = useRef({ client: 0, scroll: 0 });
  const [unseen, setUnseen] = useState(0);

  const jump = useCallback(() => {
    const element = frame.current;
    if (element === null) return;
    element.scrollTop = element.scrollHeight;
    atEnd.current = true;
    setUnseen(0);
  }, []);

  const onScroll = useCallback(() => {
    const element = frame.current;
    if (element === null) return;
    // The layout moved, not the reader: the observer below puts it right.
    const { client, scroll } = settled.current;
    if (element.clientHeight !== client || element.scrollHeight !== scroll) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    if (atEnd.current) setUnseen(0);
  }, []);

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const oldIds = shown.current;
    const height = settled.current.scroll;
    shown.current = ids;
    settled.current = { client: element.clientHeight, scroll: element.scrollHeight };
    const oldLast = oldIds.at(-1);
    const position = oldLast === undefined ? -1 : ids.lastIndexOf(oldLast);
    const fresh = position === -1 ? 0 : ids.length - 1 - position;
    if (oldLast === undefined || atEnd.current || (fresh > 0 && lastIsOwn)) {
      jump();
    } else if (fresh > 0) {
      setUnseen((count) => count + fresh);
    } else if (oldIds[0] !== ids[0]) {
      element.scrollTop += element.scrollHeight - height;
    }
  }, [ids, jump, lastIsOwn]);

  useEffect(() => {
    const watched = [content.current, frame.current].filter((element) => element !== null);
    const observer = new ResizeObserver(() => {
      const element = frame.current;
      if (element === null) return;
      settled.current = { client: element.clientHeight, scroll: element.scrollHeight };
      if (atEnd.current) jump();
    });
    // The frame too: a composer that grows takes its room from above.
    watched.forEach((element) => observer.observe(element));
    return () => observer.disconnect();
  }, [jump]);

  return { frame, content, unseen, onScroll, jump };
};
