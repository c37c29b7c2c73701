import type { Session } from '@casetalk/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { sessionQuery } from '../queries/session-queries.ts';
import { renewEveryMs, secondsLeft, sessionEnd, untilWarning } from './idle-clock.ts';
import { useSession } from './session-context.ts';

const activities = ['keydown', 'pointerdown'] as const;

/**
 * Watches over the end of a session. Someone who types or points is active, even while nothing is asked of the API.
 * Answers the seconds left once the warning is due, else null.
 */
export function useIdleWarning(session: Session): number | null {
  const { renew, look } = useSession();
  const client = useQueryClient();
  const end = sessionEnd(session);
  const [warning, setWarning] = useState<{ readonly end: string; readonly left: number } | null>(null);
  const left = warning?.end === end ? warning.left : null;
  const warned = left !== null;

  useEffect(() => {
    if (warned) return undefined;
    const timer = setTimeout(
      () => {
        // Another tab may have been active: only the API knows.
        const latest = client.fetchQuery({ ...sessionQuery(), staleTime: 0 });
        latest.then(
          (current) => {
            if (current && untilWarning(sessionEnd(current), Date.now()) > 0) return;
            if (current) setWarning({ end: sessionEnd(current), left: secondsLeft(end, Date.now()) });
          },
          () => setWarning({ end, left: secondsLeft(end, Date.now()) }),
        );
      },
      untilWarning(end, Date.now()),
    );
    return () => clearTimeout(timer);
  }, [client, end, warned]);

  useEffect(() => {
    if (!warned) return undefined;
    const timer = setInterval(() => {
      const seconds = secondsLeft(end, Date.now());
      setWarning({ end, left: seconds });
      if (seconds === 0) void look();
    }, 1000);
    return () => clearInterval(timer);
  }, [end, look, warned]);

  const renewedAt = useRef(0);
  useEffect(() => {
    if (warned) return undefined;
    renewedAt.current = Date.now();
    const touch = () => {
      if (Date.now() - renewedAt.current < renewEveryMs) return;
      renewedAt.current = Date.now();
      void renew();
    };
    for (const name of activities) addEventListener(name, touch, { passive: true });
    return () => {
      for (const name of activities) removeEventListener(name, touch);
    };
  }, [renew, warned]);

  return left;
}
