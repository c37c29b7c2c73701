import { useCheckedForm, useLanguage, useWords } from '@casetalk/portal';
import { CheckboxField, ErrorSummary, formatDate, RecoveryCodes, SubmitButton } from '@casetalk/ui';
import { Stack } from '@mantine/core';
import { useId, useState } from 'react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';

export interface KeepCodesProps {
  readonly codes: readonly string[];
  /** Whose codes they are, for the sheet of paper. */
  readonly email: string;
  /** "Go on to CaseTalk". */
  readonly submitLabel: string;
  readonly onKept: () => void;
}

/** Recovery codes, shown once: copied, saved or printed, and out of sight only when the person says so. */
export function KeepCodes({ codes, email, submitLabel, onKept }: KeepCodesProps) {
  const t = useClinicianWords();
  const words = useWords();
  const language = useLanguage();
  const id = useId();
  const [madeAt] = useState(() => new Date().toISOString());
  const { form, busy, problems, attempt, onSubmit } = useCheckedForm({
    initialValues: { kept: false },
    fieldId: () => id,
    validate: { kept: (value) => (value ? null : t('codes.kept.error')) },
    send: async () => {
      onKept();
      return undefined;
    },
  });

  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <ErrorSummary title={words('page.problem')} items={problems} attempt={attempt} />
        <RecoveryCodes
          codes={codes}
          fileName={t('codes.file')}
          words={{
            title: t('codes.sheet'),
            owner: t('codes.owner', { email, date: formatDate(madeAt, language) }),
            once: t('codes.once'),
            copy: t('codes.copy'),
            copied: t('codes.copied'),
            copyFailed: t('codes.copyFailed'),
            download: t('codes.download'),
            print: t('codes.print'),
          }}
        />
        <CheckboxField
          id={id}
          label={t('codes.kept')}
          {...form.getInputProps('kept', { type: 'checkbox' })}
        />
        <div>
          <SubmitButton busy={busy} busyLabel={words('page.saving')}>
            {submitLabel}
          </SubmitButton>
        </div>
      </Stack>
    </form>
  );
}
