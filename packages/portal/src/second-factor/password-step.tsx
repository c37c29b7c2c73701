import { ErrorSummary, PasswordField, SubmitButton } from '@casetalk/ui';
import { Stack } from '@mantine/core';
import { useId } from 'react';
import { api } from '../api/client.ts';
import { useCheckedForm } from '../forms/use-checked-form.ts';
import { problemWords } from '../language/problem-words.ts';
import { useWords } from '../language/use-words.ts';
import { usePasswordWords } from '../password/use-password-words.ts';

/** The password once more, before a change of the account. */
export function PasswordStep({ onDone }: { readonly onDone: () => void }) {
  const words = useWords();
  const passwordWords = usePasswordWords();
  const id = useId();
  const { form, busy, problems, attempt, onSubmit } = useCheckedForm({
    initialValues: { password: '' },
    fieldId: (field) => `${id}-${field}`,
    validate: { password: (value) => (value === '' ? words('reauth.password.error') : null) },
    send: async ({ password }) => {
      const result = await api.reauthenticate({ body: { password } });
      if (result.ok) {
        onDone();
        return undefined;
      }
      form.setFieldValue('password', '');
      const wrong = result.problem.code === 'wrong-credentials';
      return { password: wrong ? words('reauth.password.wrong') : problemWords(words, result.problem) };
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <p>{words('reauth.lead')}</p>
        <ErrorSummary title={words('page.problem')} items={problems} attempt={attempt} />
        <PasswordField
          id={`${id}-password`}
          label={words('reauth.password')}
          autoComplete="current-password"
          words={passwordWords}
          data-autofocus
          {...form.getInputProps('password')}
        />
        <div>
          <SubmitButton busy={busy} busyLabel={words('factor.checking')}>
            {words('factor.submit')}
          </SubmitButton>
        </div>
      </Stack>
    </form>
  );
}
