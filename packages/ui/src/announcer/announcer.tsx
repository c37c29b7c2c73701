import { VisuallyHidden } from '@mantine/core';
import { createContext, use, useCallback, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';

/** How soon a screen reader says it: when it is done speaking, or at once. */
export type Urgency = 'polite' | 'assertive';

/** Says a sentence to people who listen to the page. */
export type Announce = (message: string, urgency?: Urgency) => void;

interface Spoken {
  readonly id: number;
  readonly message: string;
  readonly urgency: Urgency;
}

/** Long enough to be read out, short enough that nobody finds it again by browsing. */
const keptMs = 10_000;

const AnnounceContext = createContext<Announce | null>(null);

const Region = ({ urgency, spoken }: { readonly urgency: Urgency; readonly spoken: readonly Spoken[] }) => (
  <div aria-live={urgency} aria-relevant="additions" data-ct-announcer={urgency}>
    {spoken
      .filter((item) => item.urgency === urgency)
      .map((item) => (
        <p key={item.id}>{item.message}</p>
      ))}
  </div>
);

/**
 * The page's one polite and one assertive live region. Each sentence is a paragraph of its own, so that
 * the same sentence said twice is heard twice.
 */
export const Announcer = ({ children }: { readonly children: ReactNode }) => {
  const [spoken, setSpoken] = useState<readonly Spoken[]>([]);
  const next = useRef(0);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());

  const announce = useCallback<Announce>((message, urgency = 'polite') => {
    next.current += 1;
    const id = next.current;
    setSpoken((before) => [...before, { id, message, urgency }]);
    const timer = setTimeout(() => {
      timers.current.delete(timer);
      setSpoken((before) => before.filter((item) => item.id !== id));
    }, keptMs);
    timers.current.add(timer);
  }, []);

  useEffect(() => {
    const running = timers.current;
    return () => running.forEach((timer) => clearTimeout(timer));
  }, []);

  return (
    <AnnounceContext value={announce}>
      {children}
      <VisuallyHidden>
        <Region urgency="polite" spoken={spoken} />
        <Region urgency="assertive" spoken={spoken} />
      </VisuallyHidden>
    </AnnounceContext>
  );
};

/**
 * The function that says a result to screen readers. It never changes, so it may stand in dependency lists.
 *
 * @throws Error when no `Announcer` stands above; `CaseTalkProvider` brings one.
 */
export const useAnnouncer = (): Announce => {
  const announce = use(AnnounceContext);
  if (announce === null) throw new Error('useAnnouncer needs a CaseTalkProvider above it.');
  return announce;
};
