import type { Result } from '@casetalk/client';
import { ErrorSummary, SubmitButton, TextField } from '@casetalk/ui';
import { Stack } from '@mantine/core';
import { useId } from 'react';
import { useCheckedForm } from '../forms/use-checked-form.ts';
import { problemWords } from '../language/problem-words.ts';
import { type SharedWords, useWords } from '../language/use-words.ts';
import type { StepHeading } from '../page/step-heading.tsx';

/** Letters and numbers of a recovery code, without its dashes. */
const codeLength = 12;

export interface RecoveryCodeFormProps<Done> {
  readonly submit: (code: string) => Promise<Result<Done>>;
  readonly onDone: (done: Done) => void;
  readonly heading: StepHeading;
}

function typedError(words: SharedWords, typed: string): string | null {
  const { length } = typed.replaceAll(/[\s-]/g, '');
  if (length === 0) return words('factor.recoveryCode.empty');
  return length === codeLength ? null : words('factor.recoveryCode.short');
}

/** One of the codes that were kept on paper; dashes, spaces and capitals do not matter. */
export function RecoveryCodeForm<Done>({ submit, onDone, heading: Heading }: RecoveryCodeFormProps<Done>) {
  const words = useWords();
  const id = useId();
  const { form, busy, problems, attempt, onSubmit } = useCheckedForm({
    initialValues: { code: '' },
    fieldId: (field) => `${id}-${field}`,
    validate: { code: (value) => typedError(words, value) },
    send: async ({ code }) => {
      const result = await submit(code);
      if (result.ok) {
        onDone(result.data);
        return undefined;
      }
      const { problem } = result;
      const wrong = problem.code === 'code-wrong' || problem.code === 'invalid-request';
      return { code: wrong ? words('factor.recoveryCode.wrong') : problemWords(words, problem) };
    },
  });

  return (
    <>
      <Heading
        title={words('factor.recoveryCode.title')}
        lead={words('factor.recoveryCode.lead')}
        failed={problems.length > 0}
      />
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          <ErrorSummary title={words('page.problem')} items={problems} attempt={attempt} />
          <TextField
            id={`${id}-code`}
            label={words('factor.recoveryCode.label')}
            hint={words('factor.recoveryCode.hint')}
            width="short"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            {...form.getInputProps('code')}
          />
          <div>
            <SubmitButton busy={busy} busyLabel={words('factor.checking')}>
              {words('factor.submit')}
            </SubmitButton>
          </div>
        </Stack>
      </form>
    </>
  );
}
