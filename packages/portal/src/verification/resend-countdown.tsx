import { useAnnouncer, useNow } from '@casetalk/ui';
import { useEffect, useRef } from 'react';
import { useWords } from '../language/use-words.ts';

const secondMs = 1000;

/** Whole seconds until the code may be asked for again. */
export function useSecondsUntil(instant: string): number {
  const now = useNow(secondMs);
  return Math.max(0, Math.ceil((Date.parse(instant) - now) / secondMs));
}

/** "You can ask again in 24 seconds"; said aloud once, when it is over. */
export function ResendCountdown({ seconds }: { readonly seconds: number }) {
  const words = useWords();
  const announce = useAnnouncer();
  const waited = useRef(false);
  useEffect(() => {
    if (seconds > 0) waited.current = true;
    else if (waited.current) {
      waited.current = false;
      announce(words('code.waitOver'));
    }
  }, [announce, seconds, words]);
  return seconds > 0 ? <span>{words('code.wait', { count: seconds })}</span> : null;
}
