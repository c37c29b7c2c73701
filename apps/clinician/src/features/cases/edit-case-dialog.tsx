import { type Case, limits, updateCase } from '@casetalk/contract';
import { fieldErrorsOf, problemOf, useCheckedForm } from '@casetalk/portal';
import {
  Dialog,
  DialogActions,
  ErrorSummary,
  SelectField,
  StatusStrip,
  SubmitButton,
  TextAreaField,
  TextField,
  useAnnouncer,
} from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { useUpdateCase } from './case-queries.ts';
import classes from './edit-case-dialog.module.css';
import { judgedBy } from '../../lib/judged-by.ts';

interface EditCaseDialogProps {
  readonly opened: boolean;
  readonly found: Case;
  readonly onClose: () => void;
}

interface EditCaseFormProps {
  readonly found: Case;
  readonly onDirty: (dirty: boolean) => void;
  readonly onSaved: () => void;
  readonly onCancel: () => void;
}

interface EditValues {
  title: string;
  description: string;
  status: 'open' | 'closed';
}

const fieldId = (field: string): string => `edit-case-${field}`;
const resolve = judgedBy(updateCase.body);
const valuesOf = ({ title, description, status }: Case): EditValues => ({ title, description, status });

function EditCaseForm({ found, onDirty, onSaved, onCancel }: EditCaseFormProps) {
  const t = useClinicianWords();
  const failureText = useFailureText();
  const update = useUpdateCase(found.id);
  // The version that the reader saw when she began, or agreed to overwrite.
  const [version, setVersion] = useState(found.version);
  const [conflict, setConflict] = useState(false);
  const { form, busy, problems, attempt, onSubmit } = useCheckedForm<EditValues>({
    initialValues: valuesOf(found),
    validate: (values) => resolve(values),
    fieldId,
    send: async (values) => {
      try {
        await update.mutateAsync({ body: values, version });
        onSaved();
        return undefined;
      } catch (error) {
        const problem = problemOf(error);
        if (problem.code === 'version-conflict') {
          setConflict(true);
          return { form: t('cases.details.conflict.title') };
        }
        const named = fieldErrorsOf(problem);
        return Object.keys(named).length > 0 ? named : { form: failureText(error) };
      }
    },
  });
  const dirty = form.isDirty();
  useEffect(() => onDirty(dirty), [dirty, onDirty]);
  const field = (name: keyof EditValues) => ({ id: fieldId(name), ...form.getInputProps(name) });
  const settle = (): void => {
    setVersion(found.version);
    setConflict(false);
    form.clearErrors();
  };

  return (
    <form className={classes.form} noValidate onSubmit={onSubmit}>
      <ErrorSummary title={t('shell.problem')} items={problems} attempt={attempt} />
      {conflict && (
        <StatusStrip
          tone="warning"
          title={t('cases.details.conflict.theirs')}
          detail={
            <>
              <p>{t('cases.details.conflict.text')}</p>
              <blockquote className={classes.theirs}>
                <p>
                  <strong>{found.title}</strong> ({t(`cases.statusOf.${found.status}`)})
                </p>
                <p>{found.description === '' ? t('cases.details.noDescription') : found.description}</p>
              </blockquote>
            </>
          }
          actions={
            <>
              <Button size="sm" variant="default" onClick={settle}>
                {t('cases.details.conflict.useMine')}
              </Button>
              <Button
                size="sm"
                variant="default"
                onClick={() => {
                  form.setValues(valuesOf(found));
                  settle();
                }}
              >
                {t('cases.details.conflict.useTheirs')}
              </Button>
            </>
          }
        />
      )}
      <TextField
        label={t('cases.details.caseTitle')}
        maxLength={limits.titleLength}
        autoComplete="off"
        data-autofocus
        {...field('title')}
      />
      <SelectField
        label={t('cases.details.status')}
        width="short"
        data={[
          { value: 'open', label: t('cases.statusOf.open') },
          { value: 'closed', label: t('cases.statusOf.closed') },
        ]}
        {...field('status')}
      />
      <TextAreaField
        label={t('cases.details.description')}
        hint={t('cases.create.descriptionHint')}
        maxLength={limits.descriptionLength}
        {...field('description')}
      />
      <DialogActions>
        <Button variant="default" onClick={onCancel}>
          {t('shell.cancel')}
        </Button>
        <SubmitButton busy={busy} busyLabel={t('shell.saving')}>
          {t('shell.save')}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}

/** Changes title, status and description; a colleague's change in between is shown, never overwritten unseen. */
export function EditCaseDialog({ opened, found, onClose }: EditCaseDialogProps) {
  const t = useClinicianWords();
  const announce = useAnnouncer();
  const [dirty, setDirty] = useState(false);
  const close = (): void => {
    setDirty(false);
    onClose();
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={t('cases.details.editTitle')}
      closeLabel={t('shell.close')}
      dirty={dirty}
      discard={{
        title: t('cases.details.discard.title'),
        discard: t('cases.details.discard.action'),
        keep: t('cases.details.discard.keep'),
      }}
    >
      {(requestClose) => (
        <EditCaseForm
          found={found}
          onDirty={setDirty}
          onCancel={requestClose}
          onSaved={() => {
            announce(t('cases.details.saved'));
            close();
          }}
        />
      )}
    </Dialog>
  );
}
