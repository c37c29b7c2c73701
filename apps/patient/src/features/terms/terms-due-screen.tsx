import {
  answerOf,
  api,
  LoadingPage,
  problemOf,
  problemWords,
  TermsText,
  termsQuery,
  TryAgain,
  useLanguage,
  useSession,
  useWords,
} from '@casetalk/portal';
import { PageTitle, StatusStrip, SubmitButton, useAnnouncer } from '@casetalk/ui';
import { Button, Group } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Terms } from '@casetalk/contract';
import { usePatientWords } from '../../language/use-patient-words.ts';

/** The terms have changed: they are accepted before the inbox opens. */
export function TermsDueScreen() {
  const words = useWords();
  const patient = usePatientWords();
  const { data, error, refetch } = useQuery(termsQuery(useLanguage()));
  return (
    <>
      <PageTitle
        title={words('terms.title')}
        service={words('page.service')}
        lead={patient('terms.due.lead')}
      />
      {data ? (
        <>
          <TermsText terms={data} />
          <Answer terms={data} />
        </>
      ) : error ? (
        <TryAgain title={words('terms.failed')} error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingPage />
      )}
    </>
  );
}

function Answer({ terms }: { readonly terms: Terms }) {
  const words = useWords();
  const patient = usePatientWords();
  const { look } = useSession();
  const announce = useAnnouncer();
  const [declined, setDeclined] = useState(false);
  const accept = useMutation({
    mutationFn: () =>
      answerOf(api.acceptTermsAgain({ body: { version: terms.version, language: terms.language } })),
    onSuccess: look,
  });
  return (
    <>
      {accept.error && <StatusStrip tone="danger" title={problemWords(words, problemOf(accept.error))} />}
      {declined && <StatusStrip tone="info" title={patient('terms.due.declined')} />}
      <Group gap="xs">
        <SubmitButton
          type="button"
          busy={accept.isPending}
          busyLabel={words('terms.accepting')}
          onClick={() => accept.mutate()}
        >
          {words('terms.accept')}
        </SubmitButton>
        <Button
          variant="default"
          onClick={() => {
            setDeclined(true);
            announce(patient('terms.due.declined'));
          }}
        >
          {patient('terms.due.decline')}
        </Button>
      </Group>
    </>
  );
}
