import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { answerOf } from '../api/api-failure.ts';
import { isConnected, watchConnection } from '../connection/connection.ts';
import { queryKeys } from '../queries/query-keys.ts';
import type { Conversation } from './conversation.ts';
import type { DraftKeeper } from './draft-keeper.ts';

/** The composer's words: in step with the service, and with the person's other devices. */
export function useDraft({ draft }: Conversation, keeper: DraftKeeper) {
  const client = useQueryClient();
  const state = useSyncExternalStore(keeper.subscribe, keeper.state);

  const { data } = useQuery({
    queryKey: draft?.key ?? ['no draft'],
    queryFn: ({ signal }) =>
      draft ? answerOf(draft.load(signal)) : Promise.resolve({ text: '', version: 0, savedAt: null }),
    enabled: draft !== null,
    staleTime: 0,
    gcTime: 0,
  });
  useEffect(() => {
    if (data) keeper.receive(data);
  }, [data, keeper]);

  useEffect(() => {
    const unhear = keeper.whenSignedOut(() => void client.invalidateQueries({ queryKey: queryKeys.session }));
    const leave = () => void keeper.save(true);
    const hide = () => {
      if (document.visibilityState === 'hidden') leave();
    };
    const unwatch = watchConnection(() => {
      if (isConnected()) void keeper.save();
    });
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', hide);
    return () => {
      removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', hide);
      unwatch();
      unhear();
      void keeper.save();
    };
  }, [client, keeper]);

  // Only a tab that closes loses what nobody else has; a reload does not.
  const { phase } = state;
  useEffect(() => {
    if (phase !== 'unsaved') return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [phase]);

  return state;
}
