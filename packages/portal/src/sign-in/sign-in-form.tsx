import { ErrorSummary, PasswordField, SubmitButton, TextField } from '@casetalk/ui';
import { Stack } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { looksLikeEmail } from '../forms/looks-like.ts';
import { useCheckedForm } from '../forms/use-checked-form.ts';
import { problemWords } from '../language/problem-words.ts';
import { useWords } from '../language/use-words.ts';
import { usePasswordWords } from '../password/use-password-words.ts';
import { useSession } from '../session/session-context.ts';

export interface SignInFormProps {
  /** Filled in beforehand, such as after registration. */
  readonly email?: string;
  /** Under the button: the link to the forgotten password. */
  readonly footer?: ReactNode;
  /** Called once the person is signed in; the session then stands in `useSession`. */
  readonly onSignedIn?: () => void;
}

/** Email, password, one button. The same words for a wrong password and an unknown address. */
export function SignInForm({ email = '', footer, onSignedIn }: SignInFormProps) {
  const words = useWords();
  const passwordWords = usePasswordWords();
  const { signIn } = useSession();
  const id = useId();

  const { form, busy, problems, attempt, onSubmit } = useCheckedForm({
    initialValues: { email, password: '' },
    fieldId: (field) => `${id}-${field}`,
    validate: {
      email: (value) => (looksLikeEmail(value) ? null : words('signIn.error.email')),
      password: (value) => (value === '' ? words('signIn.error.password') : null),
    },
    send: async (values) => {
      const result = await signIn(values.email, values.password);
      if (result.ok) {
        onSignedIn?.();
        return undefined;
      }
      form.setFieldValue('password', '');
      const wrong = result.problem.code === 'wrong-credentials';
      return { form: wrong ? words('signIn.error.wrong') : problemWords(words, result.problem) };
    },
  });

  return (
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
        <PasswordField
          id={`${id}-password`}
          label={words('signIn.password')}
          autoComplete="current-password"
          words={passwordWords}
          {...form.getInputProps('password')}
        />
        <div>
          <SubmitButton busy={busy} busyLabel={words('signIn.busy')}>
            {words('signIn.submit')}
          </SubmitButton>
        </div>
        {footer}
      </Stack>
    </form>
  );
}
