import type { Unsubscription } from '@casetalk/contract';
import { ErrorSummary, PageTitle, StatusStrip, SubmitButton, useAnnouncer } from '@casetalk/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiFailure } from '../api/api-failure.ts';
import { api } from '../api/client.ts';
import { switchLanguage } from '../language/language.ts';
import { problemWords } from '../language/problem-words.ts';
import { unbroken } from '../language/unbroken.ts';
import { useWords } from '../language/use-words.ts';
import { LoadingPage } from '../page/loading-page.tsx';
import { queryKeys } from '../queries/query-keys.ts';
import { TryAgain } from '../page/try-again.tsx';
import classes from './unsubscribe-screen.module.css';

/** As the API's own: what cannot be a token is not asked about. */
const looksLikeToken = (token: string): boolean => /^[\w-]{20,400}$/.test(token);

const notThere = new Set(['not-found', 'invalid-request']);

/** What the link at the foot of a mail is about; null where there is no such link. */
async function lookUp(token: string, signal: AbortSignal): Promise<Unsubscription | null> {
  if (!looksLikeToken(token)) return null;
  const result = await api.lookUpUnsubscription({ body: { token } }, { signal });
  if (result.ok) return result.data;
  if (notThere.has(result.problem.code)) return null;
  throw new ApiFailure(result.problem);
}

/** Stops notices or reminders from the foot of a mail, without signing in. Opening the page changes nothing. */
export function UnsubscribeScreen() {
  const words = useWords();
  // It stays in the address: the page may be loaded again, and the token opens nothing.
  const [token] = useState(() => location.hash.slice(1));
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.unsubscription(token),
    queryFn: ({ signal }) => lookUp(token, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const language = data?.language;
  useEffect(() => {
    if (language) void switchLanguage(language, 'offered');
  }, [language]);

  if (error && data === undefined) {
    return <TryAgain title={words('stop.failed')} error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <LoadingPage />;
  if (data === null) {
    return (
      <PageTitle
        title={words('stop.unknown.title')}
        service={words('page.service')}
        lead={words('stop.unknown.text')}
      />
    );
  }
  return <Choice token={token} standing={data} />;
}

function Choice({ token, standing }: { readonly token: string; readonly standing: Unsubscription }) {
  const words = useWords();
  const announce = useAnnouncer();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const [attempt, setAttempt] = useState(0);
  const { mails, stopped, practice } = standing;

  const choose = async () => {
    if (busy) return;
    setBusy(true);
    const result = await api.changeUnsubscription({ body: { token, stopped: !stopped } });
    setBusy(false);
    setProblem(result.ok ? '' : problemWords(words, result.problem));
    if (!result.ok) {
      setAttempt((count) => count + 1);
      return;
    }
    queries.setQueryData(queryKeys.unsubscription(token), result.data);
    announce(words(`stop.${mails}.${result.data.stopped ? 'stopped' : 'sent'}`));
  };

  return (
    <>
      <PageTitle
        title={words(`stop.${mails}.title`)}
        service={words('page.service')}
        prefix={problem === '' ? undefined : words('page.errorPrefix')}
        lead={words(`stop.${mails}.lead`, { practice: practice?.name ?? words('page.service') })}
      />
      <div className={classes.choice}>
        <ErrorSummary
          title={words('page.problem')}
          items={problem === '' ? [] : [{ message: problem }]}
          attempt={attempt}
        />
        <StatusStrip
          tone={stopped ? 'success' : 'neutral'}
          title={words(`stop.${mails}.${stopped ? 'stopped' : 'sent'}`)}
          detail={stopped ? words(`stop.${mails}.stoppedText`) : undefined}
        />
        <div>
          <SubmitButton
            type="button"
            variant={stopped ? 'default' : 'filled'}
            busy={busy}
            busyLabel={words('page.saving')}
            onClick={() => void choose()}
          >
            {words(`stop.${mails}.${stopped ? 'again' : 'submit'}`)}
          </SubmitButton>
        </div>
        {practice && (
          <p className={classes.quiet}>
            {words('stop.questions', { practice: practice.name, phone: unbroken(practice.phone) })}
          </p>
        )}
      </div>
    </>
  );
}
