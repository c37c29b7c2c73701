import { ErrorSummary, PageTitle, SubmitButton, TextField } from '@casetalk/ui';
import { Button, Stack } from '@mantine/core';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { api } from '../api/client.ts';
import { looksLikeEmail } from '../forms/looks-like.ts';
import { useCheckedForm } from '../forms/use-checked-form.ts';
import { problemWords } from '../language/problem-words.ts';
import { useWords } from '../language/use-words.ts';

export interface ForgottenPasswordScreenProps {
  /** Where one signs in. */
  readonly signInPath: string;
}

/** Asks for a link by email; the answer is the same for every address. */
export function ForgottenPasswordScreen({ signInPath }: ForgottenPasswordScreenProps) {
  const words = useWords();
  const id = useId();
  const [sentTo, setSentTo] = useState('');

  const { form, busy, problems, attempt, onSubmit } = useCheckedForm({
    initialValues: { email: '' },
    fieldId: (field) => `${id}-${field}`,
    validate: {
      email: (value) => (looksLikeEmail(value) ? null : words('signIn.error.email')),
    },
    send: async (values) => {
      const result = await api.requestPasswordReset({ body: values });
      if (!result.ok) return { form: problemWords(words, result.problem) };
      setSentTo(values.email.trim());
      return undefined;
    },
  });

  if (sentTo !== '') {
    return (
      <>
        <PageTitle
          title={words('forgot.sent.title')}
          service={words('page.service')}
          lead={words('forgot.sent.text', { email: sentTo })}
        />
        <Stack gap="md" align="flex-start">
          <Button variant="default" onClick={() => setSentTo('')}>
            {words('forgot.sent.again')}
          </Button>
          <Link to={signInPath}>{words('forgot.toSignIn')}</Link>
        </Stack>
      </>
    );
  }
  return (
    <>
      <PageTitle
        title={words('forgot.title')}
        service={words('page.service')}
        prefix={problems.length > 0 ? words('page.errorPrefix') : undefined}
        lead={words('forgot.lead')}
      />
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="lg">
          <ErrorSummary title={words('page.problem')} items={problems} attempt={attempt} />
          <TextField
            id={`${id}-email`}
            label={words('signIn.email')}
            type="email"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            {...form.getInputProps('email')}
          />
          <div>
            <SubmitButton busy={busy} busyLabel={words('page.sending')}>
              {words('forgot.submit')}
            </SubmitButton>
          </div>
          <p>
            <Link to={signInPath}>{words('forgot.toSignIn')}</Link>
          </p>
        </Stack>
      </form>
    </>
  );
}
