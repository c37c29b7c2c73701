import { newIdempotencyKey } from '@casetalk/client';
import type { Invitation } from '@casetalk/contract';
import { limits } from '@casetalk/contract';
import { fieldErrorsOf, mayHaveHappened, problemOf, useCheckedForm, useClinicianMe } from '@casetalk/portal';
import { DialogActions, ErrorSummary, Icon, StatusStrip, SubmitButton, TextAreaField } from '@casetalk/ui';
import { Button } from '@mantine/core';
import type { FormErrors } from '@mantine/form';
import { IconMailOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { minutesToWait, useFailureText } from '../../lib/use-failure-text.ts';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { useInvite } from './invitation-queries.ts';
import { dropInviteDraft, inviteDraftOf, keepInviteDraft } from './invite-draft.ts';
import { InviteFields, inviteFieldId } from './invite-fields.tsx';
import { checkInvite, emptyInvite, inviteBodyOf, type InviteValues } from './invite-values.ts';
import classes from './invite-form.module.css';

interface InviteFormProps {
  readonly caseId: string;
  readonly patientName: string;
  readonly onDirty: (dirty: boolean) => void;
  readonly onSent: (invitation: Invitation) => void;
  readonly onCancel: () => void;
}

/** The form of an invitation. One opened form is one act: sending it again after a lost answer makes no second one. */
export function InviteForm({ caseId, patientName, onDirty, onSent, onCancel }: InviteFormProps) {
  const t = useClinicianWords();
  const failureText = useFailureText();
  const invite = useInvite(caseId);
  const me = useClinicianMe();
  const [draft] = useState(() => inviteDraftOf(me.id, caseId));
  const key = useRef(newIdempotencyKey());

  const refusedBecause = (error: unknown, values: InviteValues): FormErrors => {
    const problem = problemOf(error);
    // A refusal is final for these words, and the mended form is a new act. A lost answer is not.
    if (!mayHaveHappened(problem)) key.current = newIdempotencyKey();
    const named = fieldErrorsOf(problem);
    if (problem.code === 'phone-refused') {
      const field = 'landline' in named || values.mobile.trim() === '' ? 'landline' : 'mobile';
      return { [field]: t('invitations.form.phoneRefused') };
    }
    if (Object.keys(named).length > 0) return named;
    if (problem.code === 'already-exists') {
      return { form: t('invitations.form.alreadyExists', { name: patientName }) };
    }
    if (problem.code === 'too-many-requests') {
      return { form: t('invitations.form.rate', { count: minutesToWait(error) }) };
    }
    return { form: failureText(error) };
  };

  const { form, busy, problems, attempt, onSubmit } = useCheckedForm<InviteValues>({
    initialValues: draft ?? emptyInvite,
    validate: (values) => checkInvite(values, t),
    fieldId: inviteFieldId,
    send: async (values) => {
      try {
        const sent = await invite.mutateAsync({ body: inviteBodyOf(values), key: key.current });
        dropInviteDraft(me.id, caseId);
        onSent(sent);
        return undefined;
      } catch (error) {
        return refusedBecause(error, values);
      }
    },
  });
  const dirty = draft !== null || form.isDirty();
  useEffect(() => onDirty(dirty), [dirty, onDirty]);
  const { values } = form;
  useEffect(() => keepInviteDraft(me.id, caseId, values), [caseId, me.id, values]);

  return (
    <form className={classes.form} noValidate onSubmit={onSubmit}>
      <ErrorSummary title={t('shell.problem')} items={problems} attempt={attempt} />
      <p>{t('invitations.form.who', { name: patientName })}</p>
      {draft !== null && <StatusStrip tone="neutral" title={t('invitations.form.kept')} />}
      <InviteFields form={form} />
      <TextAreaField
        id={inviteFieldId('firstMessage')}
        label={t('invitations.form.firstMessage')}
        hint={t('invitations.form.firstMessageHint', { name: patientName })}
        maxLength={limits.firstMessageLength}
        {...form.getInputProps('firstMessage')}
      />
      <p className={classes.note}>
        <Icon of={IconMailOff} size="sm" />
        <span>{t('invitations.form.note')}</span>
      </p>
      <DialogActions>
        <Button variant="default" onClick={onCancel}>
          {t('shell.cancel')}
        </Button>
        <SubmitButton busy={busy} busyLabel={t('invitations.form.busy')}>
          {t('invitations.form.submit')}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}
