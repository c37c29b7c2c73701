import type { Session } from '@casetalk/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { sessionQuery } from '../queries/session-queries.ts';
import { renewEveryMs, secondsLeft, untilWarning } from './idle-clock.ts';
import { useSession } from './session-context.ts';

const activities = ['keydown', 'pointerdown', 'touchstart'] as const;

/**
 * Watches over the end of a session. Someone who types or points is active, even while nothing is asked of the API.
 * Answers the seconds left once the warning is due, else null.
 */
export function useIdleWarning(session: Session): number | null {
  const { renew, look } = useSession();
  const client = useQueryClient();
  const [left, setLeft] = useState<number | null>(null);
  const warned = left !== null;
  const end = session.idleExpiresAt < session.expiresAt ? session.idleExpiresAt : session.expiresAt;

  const renewedAt = useRef(Date.now());
  useEffect(() => {
    renewedAt.current = Date.now();
    setLeft(null);
  }, [end]);

  useEffect(() => {
    if (warned) return undefined;
    const timer = setTimeout(
      () => {
        // Another tab may have been active: only the API knows.
        void client
          .fetchQuery({ ...sessionQuery(), staleTime: 0 })
          .catch(() => undefined)
          .then((latest) => {
            if (latest === null) return;
            const latestEnd = latest?.idleExpiresAt ?? end;
            if (
              untilWarning(latestEnd < session.expiresAt ? latestEnd : session.expiresAt, Date.now()) === 0
            ) {
              setLeft(secondsLeft(end, Date.now()));
            }
          });
      },
      untilWarning(end, Date.now()),
    );
    return () => clearTimeout(timer);
  }, [client, end, session.expiresAt, warned]);

  useEffect(() => {
    if (!warned) return undefined;
    const timer = setInterval(() => {
      const seconds = secondsLeft(end, Date.now());
      setLeft(seconds);
      if (seconds === 0) void look();
    }, 1000);
    return () => clearInterval(timer);
  }, [end, look, warned]);

  useEffect(() => {
    if (warned) return undefined;
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
