import {
  api,
  LoadingPage,
  problemWords,
  TermsText,
  termsQuery,
  TryAgain,
  unbroken,
  useLanguage,
  useWords,
} from '@casetalk/portal';
import type { Terms } from '@casetalk/contract';
import { ConfirmDialog, PageTitle, StatusStrip, SubmitButton } from '@casetalk/ui';
import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import { inStep, StepCount, type StepProps } from './step.tsx';

/** Step 3: the terms as page content, "I Accept" at the bottom, never locked. */
export function TermsStep(props: StepProps) {
  const words = useWords();
  const patient = usePatientWords();
  const { data, error, refetch } = useQuery(termsQuery(useLanguage()));
  return (
    <>
      <PageTitle
        title={words('terms.title')}
        service={words('page.service')}
        lead={patient('registration.terms.lead')}
        before={<StepCount step={3} />}
      />
      {data ? (
        <>
          <TermsText terms={data} />
          <Answer {...props} terms={data} />
        </>
      ) : error ? (
        <TryAgain title={words('terms.failed')} error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingPage />
      )}
    </>
  );
}

function Answer({ registration, put, look, terms }: StepProps & { readonly terms: Terms }) {
  const words = useWords();
  const navigate = useNavigate();
  const [busy, setBusy] = useState<'accept' | 'decline' | null>(null);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState('');
  const { name, phone } = registration.practice;

  const accept = async () => {
    setBusy('accept');
    const body = { version: terms.version, language: terms.language };
    const result = await inStep(api.acceptRegistrationTerms({ body }), look);
    setBusy(null);
    if (result.ok) put(result.data);
    else setProblem(problemWords(words, result.problem));
  };
  const decline = async () => {
    setBusy('decline');
    const result = await inStep(api.declineRegistration(), look);
    setBusy(null);
    if (result.ok) await navigate(paths.declined, { replace: true });
    else setProblem(problemWords(words, result.problem));
  };

  return (
    <>
      {problem !== '' && !asking && (
        <div role="alert">
          <StatusStrip tone="danger" title={problem} />
        </div>
      )}
      <Group gap="xs">
        <SubmitButton
          type="button"
          busy={busy === 'accept'}
          busyLabel={words('terms.accepting')}
          onClick={() => void accept()}
        >
          {words('terms.accept')}
        </SubmitButton>
        <Button variant="default" onClick={() => setAsking(true)}>
          {words('terms.decline')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asking}
        title={words('terms.decline.title')}
        detail={words('terms.decline.text', { practice: name, phone: unbroken(phone) })}
        confirmLabel={words('terms.decline.confirm')}
        cancelLabel={words('page.back')}
        dangerous
        busy={busy === 'decline'}
        busyLabel={words('page.sending')}
        error={problem === '' ? undefined : problem}
        onConfirm={() => void decline()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
