import type { Result } from '@casetalk/client';
import { looksLikePhone, problemWords, useCheckedForm, useWords } from '@casetalk/portal';
import type { PhoneKind } from '@casetalk/contract';
import { ErrorSummary, PageTitle, PhoneField, RadioCards, SubmitButton } from '@casetalk/ui';
import { Stack } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { usePatientWords } from '../language/use-patient-words.ts';

export interface PhoneFormProps<Saved> {
  /** Before the heading: the step count. */
  readonly before?: ReactNode;
  readonly words: PhoneFormWords;
  readonly save: (body: { phone: string; kind: PhoneKind }) => Promise<Result<Saved>>;
  readonly onSaved: (saved: Saved) => void;
  /** Under the button. */
  readonly after?: ReactNode;
}

interface PhoneFormWords {
  readonly title: string;
  readonly lead: string;
  readonly hint: string;
}

/** A number for the code. It is taken as it is written. */
export function PhoneForm<Saved>({ before, words: own, save, onSaved, after }: PhoneFormProps<Saved>) {
  const words = useWords();
  const patient = usePatientWords();
  const id = useId();
  const { form, busy, problems, attempt, onSubmit } = useCheckedForm<{ phone: string; kind: PhoneKind | '' }>(
    {
      initialValues: { phone: '', kind: '' },
      fieldId: (field) => `${id}-${field}`,
      validate: {
        phone: (value) => (looksLikePhone(value) ? null : patient('phone.error')),
        kind: (value) => (value === '' ? patient('phone.error.kind') : null),
      },
      send: async ({ phone, kind }) => {
        if (kind === '') return undefined;
        const result = await save({ phone, kind });
        if (result.ok) {
          onSaved(result.data);
          return undefined;
        }
        const { problem } = result;
        if (problem.code === 'invalid-request') return { phone: patient('phone.error') };
        if (problem.code === 'phone-refused') return { phone: patient('phone.error.refused') };
        return { form: problemWords(words, problem) };
      },
    },
  );
  const kind = form.getInputProps('kind') as { value: string; onChange: (value: string) => void };

  return (
    <>
      <PageTitle
        title={own.title}
        service={words('page.service')}
        prefix={problems.length > 0 ? words('page.errorPrefix') : undefined}
        lead={own.lead}
        before={before}
      />
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="lg">
          <ErrorSummary title={words('page.problem')} items={problems} attempt={attempt} />
          <PhoneField
            id={`${id}-phone`}
            label={patient('phone.label')}
            hint={own.hint}
            {...form.getInputProps('phone')}
          />
          <RadioCards
            id={`${id}-kind`}
            name="kind"
            legend={patient('phone.kind')}
            error={form.errors['kind']}
            value={kind.value}
            onChange={kind.onChange}
            options={[
              { value: 'mobile', label: patient('phone.mobile'), hint: patient('phone.mobile.hint') },
              { value: 'landline', label: patient('phone.landline'), hint: patient('phone.landline.hint') },
            ]}
          />
          <div>
            <SubmitButton busy={busy} busyLabel={words('page.saving')}>
              {words('page.continue')}
            </SubmitButton>
          </div>
          {after}
        </Stack>
      </form>
    </>
  );
}
