import type { Result } from '@casetalk/client';
import { ErrorSummary, PasswordChecklist, PasswordField, SubmitButton } from '@casetalk/ui';
import { useId, useMemo } from 'react';
import { useCheckedForm } from '../forms/use-checked-form.ts';
import { problemWords } from '../language/problem-words.ts';
import { useWords } from '../language/use-words.ts';
import classes from './new-password-form.module.css';
import { requirementIds, requirementsOf } from './requirements.ts';
import { SuggestPassword } from './suggest-password.tsx';
import { usePasswordVerdict } from './use-password-verdict.ts';
import { usePasswordWords } from './use-password-words.ts';

export interface NewPasswordFormProps {
  /** The person's names, email and phone numbers as far as this screen knows them. */
  readonly personalWords?: readonly string[];
  readonly submitLabel: string;
  /** Saves the password; `current` is empty unless it was asked for. */
  readonly save: (password: string, current: string) => Promise<Result<unknown>>;
  readonly onSaved: () => void;
  /** For the password manager: whose password this is. */
  readonly username?: string;
  /** Also asks for the password that is to be replaced. */
  readonly askCurrent?: boolean;
}

const noWords: readonly string[] = [];

/** The new password and its re-entry, with the requirements to the right, turning from red to green. */
export function NewPasswordForm({
  personalWords = noWords,
  submitLabel,
  save,
  onSaved,
  username,
  askCurrent = false,
}: NewPasswordFormProps) {
  const words = useWords();
  const passwordWords = usePasswordWords();
  const againWords = usePasswordWords('again');
  const id = useId();
  const personal = useMemo(() => ({ words: personalWords }), [personalWords]);

  const { form, busy, problems, attempt, onSubmit } = useCheckedForm({
    initialValues: { current: '', password: '', again: '' },
    fieldId: (field) => `${id}-${field}`,
    validate: {
      current: (value) => (askCurrent && value === '' ? words('account.password.error.current') : null),
      password: (value) => {
        if (value === '') return words('password.error.empty');
        // Whether it is common, only the API knows; it is asked again when the password is saved.
        const missing = requirementsOf(value, value, personal, { notCommon: true }).find(
          ({ met }) => !met,
        )?.id;
        return missing === undefined || missing === 'same' ? null : words(`password.error.${missing}`);
      },
      again: (value, values) => (value === values.password ? null : words('password.error.same')),
    },
    send: async ({ current, password }) => {
      const result = await save(password, current);
      if (result.ok) {
        onSaved();
        return undefined;
      }
      const { problem } = result;
      if (problem.code === 'wrong-credentials') return { current: words('account.password.error.wrong') };
      if (problem.code !== 'password-refused') return { form: problemWords(words, problem) };
      const unmet = 'unmet' in problem ? (problem.unmet ?? []) : [];
      const rule = requirementIds.find((name) => unmet.includes(name));
      return { password: rule ? words(`password.error.${rule}`) : problemWords(words, problem) };
    },
  });

  const { password, again } = form.values;
  const verdict = usePasswordVerdict(password);
  const requirements = requirementsOf(password, again, personal, verdict);
  const met = requirements.filter((item) => item.met).length;

  return (
    <form onSubmit={onSubmit} noValidate className={classes.form}>
      <ErrorSummary title={words('page.problem')} items={problems} attempt={attempt} />
      {username !== undefined && (
        <input
          className={classes.username}
          type="text"
          name="username"
          autoComplete="username"
          value={username}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
      )}
      {askCurrent && (
        <PasswordField
          id={`${id}-current`}
          label={words('account.password.current')}
          autoComplete="current-password"
          words={passwordWords}
          {...form.getInputProps('current')}
        />
      )}
      <div className={classes.columns}>
        <div className={classes.fields}>
          <PasswordField
            id={`${id}-password`}
            label={words('password.new')}
            autoComplete="new-password"
            words={passwordWords}
            aria-describedby={`${id}-needs`}
            {...form.getInputProps('password')}
          />
          <PasswordField
            id={`${id}-again`}
            label={words('password.again')}
            autoComplete="new-password"
            words={againWords}
            {...form.getInputProps('again')}
          />
          <SuggestPassword
            onSuggested={(suggested) => {
              form.setValues({ password: suggested, again: suggested });
              form.clearErrors();
            }}
          />
        </div>
        <div className={classes.needs}>
          <PasswordChecklist
            id={`${id}-needs`}
            title={words('password.needs')}
            metLabel={words('password.met')}
            notMetLabel={words('password.notMet')}
            summary={words('password.summary', { count: met, total: requirements.length })}
            items={requirements.map(({ id: rule, met: isMet }) => ({
              id: rule,
              met: isMet,
              text: words(`password.rule.${rule}`),
            }))}
          />
        </div>
        <div className={classes.go}>
          <SubmitButton busy={busy} busyLabel={words('page.saving')}>
            {submitLabel}
          </SubmitButton>
        </div>
      </div>
    </form>
  );
}
