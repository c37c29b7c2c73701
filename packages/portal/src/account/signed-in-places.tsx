import type { SessionSummary } from '@casetalk/contract';
import { formatDateTime, Panel, SkeletonList, SubmitButton, useAnnouncer } from '@casetalk/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, problemOf } from '../api/api-failure.ts';
import { api } from '../api/client.ts';
import { problemWords } from '../language/problem-words.ts';
import { useLanguage, useWords } from '../language/use-words.ts';
import { TryAgain } from '../page/try-again.tsx';
import { queryKeys } from '../queries/query-keys.ts';
import { sessionsQuery } from '../queries/session-queries.ts';
import { useSession } from '../session/session-context.ts';
import classes from './signed-in-places.module.css';

/** Where the person is signed in, each place with the way to end it. */
export function SignedInPlaces() {
  const words = useWords();
  const { data, error, isPending, refetch } = useQuery(sessionsQuery());
  return (
    <Panel title={words('account.sessions.title')}>
      <p className={classes.lead}>{words('account.sessions.lead')}</p>
      {isPending && <SkeletonList label={words('page.loading')} rows={2} />}
      {error && (
        <TryAgain title={words('account.sessions.title')} error={error} onRetry={() => void refetch()} />
      )}
      {data && (
        <ul className={classes.list}>
          {data.data.map((place) => (
            <Place key={place.id} place={place} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Place({ place }: { readonly place: SessionSummary }) {
  const words = useWords();
  const language = useLanguage();
  const announce = useAnnouncer();
  const client = useQueryClient();
  const { signOut } = useSession();
  const since = formatDateTime(place.createdAt, language);

  const end = useMutation({
    mutationFn: () => answerOf(api.endSession({ params: { sessionId: place.id } })),
    onSuccess: () => announce(words('account.sessions.ended', { device: place.device })),
    onError: (error) => announce(problemWords(words, problemOf(error)), 'assertive'),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.sessions }),
  });

  return (
    <li className={classes.place}>
      <div className={classes.words}>
        <span className={classes.device}>{place.device}</span>
        <span className={classes.times}>
          {place.current && <strong className={classes.current}>{words('account.sessions.current')}</strong>}
          <span>{words('account.sessions.seen', { time: formatDateTime(place.lastSeenAt, language) })}</span>
          <span>{words('account.sessions.since', { time: since })}</span>
        </span>
        {end.error && <span className={classes.problem}>{problemWords(words, problemOf(end.error))}</span>}
      </div>
      <SubmitButton
        type="button"
        variant="default"
        size="sm"
        busy={end.isPending}
        busyLabel={words('page.signingOut')}
        aria-label={words('account.sessions.endName', { device: place.device, time: since })}
        onClick={() => (place.current ? void signOut() : end.mutate())}
      >
        {words('account.sessions.end')}
      </SubmitButton>
    </li>
  );
}
