import type { Result } from '@casetalk/client';
import { CodeField, ErrorSummary, SubmitButton } from '@casetalk/ui';
import { Stack } from '@mantine/core';
import { useId } from 'react';
import { useCheckedForm } from '../forms/use-checked-form.ts';
import { problemWords } from '../language/problem-words.ts';
import { useWords } from '../language/use-words.ts';
import type { StepHeading } from '../page/step-heading.tsx';
import { typedCodeError } from '../verification/code-errors.ts';

export interface AuthenticatorFormProps<Done> {
  readonly submit: (code: string) => Promise<Result<Done>>;
  readonly onDone: (done: Done) => void;
  /** Left out where the words around the form say it already. */
  readonly heading?: StepHeading | undefined;
  /** "Continue" by default. */
  readonly submitLabel?: string;
}

/** The code of an authenticator app: one field that takes what is typed, pasted or offered by a password manager. */
export function AuthenticatorForm<Done>({
  submit,
  onDone,
  heading: Heading,
  submitLabel,
}: AuthenticatorFormProps<Done>) {
  const words = useWords();
  const id = useId();
  const { form, busy, problems, attempt, onSubmit } = useCheckedForm({
    initialValues: { code: '' },
    fieldId: (field) => `${id}-${field}`,
    validate: { code: (value) => typedCodeError(words, value) },
    send: async ({ code }) => {
      const result = await submit(code);
      if (result.ok) {
        onDone(result.data);
        return undefined;
      }
      const wrong = result.problem.code === 'code-wrong';
      return { code: wrong ? words('factor.authenticator.wrong') : problemWords(words, result.problem) };
    },
  });

  return (
    <>
      {Heading && (
        <Heading
          title={words('factor.authenticator.title')}
          lead={words('factor.authenticator.lead')}
          failed={problems.length > 0}
        />
      )}
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <ErrorSummary title={words('page.problem')} items={problems} attempt={attempt} />
          <CodeField
            id={`${id}-code`}
            label={words('factor.authenticator.label')}
            hint={words('factor.authenticator.hint')}
            {...form.getInputProps('code')}
          />
          <div>
            <SubmitButton busy={busy} busyLabel={words('factor.checking')}>
              {submitLabel ?? words('factor.submit')}
            </SubmitButton>
          </div>
        </Stack>
      </form>
    </>
  );
}
