import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';
import type { Verdict } from './requirements.ts';

/** How long one has to stop typing before the API is asked, in milliseconds. */
const quietMs = 400;

/** The API's verdict about a password, once one stops typing; undefined until it is there. */
export function usePasswordVerdict(password: string): Verdict | undefined {
  const [known, setKnown] = useState<{ readonly password: string; readonly verdict: Verdict }>();

  useEffect(() => {
    if (password === '') return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.checkPassword({ body: { password } }, { signal: stop.signal }).then(
        (result) => {
          if (!result.ok) return;
          const verdict = Object.fromEntries(result.data.items.map(({ rule, met }) => [rule, met]));
          setKnown({ password, verdict });
        },
        () => undefined,
      );
    }, quietMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [password]);

  return known?.password === password ? known.verdict : undefined;
}
