import {
  api,
  looksLikeEmail,
  problemWords,
  Reauthentication,
  useCheckedForm,
  useConfirmed,
  usePatientMe,
  useWords,
} from '@casetalk/portal';
import { ErrorSummary, PageTitle, SubmitButton, TextField } from '@casetalk/ui';
import { Stack } from '@mantine/core';
import { useId, useState } from 'react';
import { usePatientWords } from '../../language/use-patient-words.ts';
import { BackToAccount } from './back-to-account.tsx';

/** Another email address: a link goes there, and nothing changes until it is pressed. */
export function EmailChangeScreen() {
  return (
    <Reauthentication>
      <EmailForm />
    </Reauthentication>
  );
}

function EmailForm() {
  const words = useWords();
  const patient = usePatientWords();
  const confirmed = useConfirmed();
  const me = usePatientMe();
  const id = useId();
  const [sentTo, setSentTo] = useState('');

  const { form, busy, problems, attempt, onSubmit } = useCheckedForm({
    initialValues: { email: '' },
    fieldId: (field) => `${id}-${field}`,
    validate: { email: (value) => (looksLikeEmail(value) ? null : words('signIn.error.email')) },
    send: async ({ email }) => {
      const result = await confirmed(() => api.requestEmailChange({ body: { email } }));
      if (!result.ok) return { form: problemWords(words, result.problem) };
      setSentTo(email.trim());
      return undefined;
    },
  });

  if (sentTo !== '') {
    return (
      <>
        <PageTitle
          title={words('forgot.sent.title')}
          service={words('page.service')}
          lead={patient('contact.email.sent', { email: sentTo })}
        />
        <BackToAccount />
      </>
    );
  }
  return (
    <>
      <PageTitle
        title={patient('contact.email.title')}
        service={words('page.service')}
        prefix={problems.length > 0 ? words('page.errorPrefix') : undefined}
        lead={patient('contact.email.lead', { email: me.email })}
      />
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="lg">
          <ErrorSummary title={words('page.problem')} items={problems} attempt={attempt} />
          <TextField
            id={`${id}-email`}
            label={patient('contact.email.label')}
            type="email"
            inputMode="email"
            autoComplete="email"
            autoCapitalize="off"
            spellCheck={false}
            {...form.getInputProps('email')}
          />
          <div>
            <SubmitButton busy={busy} busyLabel={words('page.sending')}>
              {words('page.continue')}
            </SubmitButton>
          </div>
          <BackToAccount />
        </Stack>
      </form>
    </>
  );
}
