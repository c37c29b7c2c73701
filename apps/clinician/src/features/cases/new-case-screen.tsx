import { newIdempotencyKey } from '@casetalk/client';
import { createCaseBody, limits } from '@casetalk/contract';
import { ErrorSummary, PageTitle, SubmitButton, TextAreaField, TextField, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { fieldErrorsOf, mayHaveHappened, problemOf, useCheckedForm } from '@casetalk/portal';
import { useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { caseListPath } from './case-list-place.ts';
import { useCreateCase } from './case-queries.ts';
import classes from './case-form.module.css';
import { judgedBy } from '../../lib/judged-by.ts';

interface NewCaseValues {
  patientName: string;
  patientBirthDate: string;
  title: string;
  description: string;
}

const fieldId = (field: string): string => `new-case-${field}`;

const resolve = judgedBy(createCaseBody);

/** Opens a case: who the patient is and what it is about. */
export function NewCaseScreen() {
  const t = useClinicianWords();
  const failureText = useFailureText();
  const announce = useAnnouncer();
  const navigate = useNavigate();
  const create = useCreateCase();
  const key = useRef(newIdempotencyKey());
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const { form, busy, problems, attempt, onSubmit } = useCheckedForm<NewCaseValues>({
    initialValues: { patientName: '', patientBirthDate: '', title: '', description: '' },
    validate: (values) => {
      const errors = resolve(values);
      if (values.patientBirthDate === '' && 'patientBirthDate' in errors) {
        errors['patientBirthDate'] = t('cases.create.missingDate');
      }
      return errors;
    },
    fieldId,
    send: async (values) => {
      try {
        const made = await create.mutateAsync({ body: values, key: key.current });
        announce(t('cases.create.done'));
        await navigate(`/cases/${made.id}`, { replace: true });
        return undefined;
      } catch (error) {
        const problem = problemOf(error);
        if (!mayHaveHappened(problem)) key.current = newIdempotencyKey();
        const named = fieldErrorsOf(problem);
        return Object.keys(named).length > 0 ? named : { form: failureText(error) };
      }
    },
  });
  const field = (name: keyof NewCaseValues) => ({ id: fieldId(name), ...form.getInputProps(name) });

  return (
    <form className={classes.form} noValidate onSubmit={onSubmit}>
      <PageTitle
        title={t('cases.create.title')}
        service={t('shell.service')}
        prefix={problems.length > 0 ? t('shell.errorPrefix') : ''}
        lead={t('cases.create.lead')}
      />
      <ErrorSummary title={t('shell.problem')} items={problems} attempt={attempt} />
      <TextField
        label={t('cases.create.name')}
        autoComplete="off"
        maxLength={limits.nameLength}
        {...field('patientName')}
      />
      <TextField
        label={t('cases.create.born')}
        type="date"
        width="short"
        min="1900-01-01"
        max={today}
        {...field('patientBirthDate')}
      />
      <TextField
        label={t('cases.create.titleField')}
        hint={t('cases.create.titleHint')}
        autoComplete="off"
        maxLength={limits.titleLength}
        {...field('title')}
      />
      <TextAreaField
        label={t('cases.create.description')}
        hint={t('cases.create.descriptionHint')}
        maxLength={limits.descriptionLength}
        {...field('description')}
      />
      <div className={classes.actions}>
        <SubmitButton busy={busy} busyLabel={t('cases.create.busy')}>
          {t('cases.create.submit')}
        </SubmitButton>
        <Button variant="default" component={Link} to={caseListPath()}>
          {t('shell.cancel')}
        </Button>
      </div>
    </form>
  );
}
