import { createContext, useCallback, useRef } from 'react';
import type { ReactNode } from 'react';

/** True once: for the first heading since the page was loaded. */
export type TakeFirst = () => boolean;

/**
 * Whether the next heading is the first one since the page was loaded. The browser announces a fresh page
 * by itself; only later screens need their focus moved.
 */
export const FirstScreenContext = createContext<TakeFirst>(() => false);

export const FirstScreen = ({ children }: { readonly children: ReactNode }) => {
  const first = useRef(true);
  const take = useCallback(() => {
    const answer = first.current;
    first.current = false;
    return answer;
  }, []);
  return <FirstScreenContext value={take}>{children}</FirstScreenContext>;
};
