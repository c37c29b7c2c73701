import type { Event } from '@casetalk/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../api/client.ts';
import { askEverythingAgain } from '../queries/ask-again.ts';
import { queryKeys } from '../queries/query-keys.ts';
import { staleAfter } from '../queries/stale-after.ts';
import { setStreamBroken } from './connection.ts';

/** A stream that is back within this time was never missed. */
const brokenAfterMs = 5_000;

/**
 * Follows the event stream while mounted, once a portal: what an event makes stale is asked again, and everything on
 * screen whenever the stream opens.
 *
 * @param onEvent hears each event as well.
 */
export function useLiveUpdates(onEvent?: (event: Event) => void): void {
  const client = useQueryClient();
  const hear = useRef(onEvent);
  useEffect(() => {
    hear.current = onEvent;
  }, [onEvent]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const mend = () => {
      clearTimeout(timer);
      timer = undefined;
      setStreamBroken(false);
    };
    const stream = api.events({
      onOpen: () => {
        mend();
        // The first time as well: what was answered before the stream was open may have changed unheard.
        void askEverythingAgain(client);
      },
      onBreak: () => {
        timer ??= setTimeout(() => setStreamBroken(true), brokenAfterMs);
      },
      onEnd: () => {
        mend();
        void client.invalidateQueries({ queryKey: queryKeys.session });
      },
      onEvent: (event) => {
        for (const queryKey of staleAfter(event)) void client.invalidateQueries({ queryKey });
        hear.current?.(event);
      },
    });
    return () => {
      stream.close();
      mend();
    };
  }, [client]);
}
