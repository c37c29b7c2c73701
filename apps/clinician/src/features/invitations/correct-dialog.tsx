import type { Invitation } from '@casetalk/contract';
import { fieldErrorsOf, problemOf, useCheckedForm } from '@casetalk/portal';
import { Dialog, DialogActions, ErrorSummary, SubmitButton, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { minutesToWait, useFailureText } from '../../lib/use-failure-text.ts';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { type CorrectInput, useCorrect } from './invitation-queries.ts';
import { InviteFields, inviteFieldId } from './invite-fields.tsx';
import { invitationStripId } from './invite-dialog.tsx';
import { checkInvite, inviteBodyOf, type InviteValues, valuesOf } from './invite-values.ts';
import classes from './invite-form.module.css';

interface CorrectDialogProps {
  readonly opened: boolean;
  readonly invitation: Invitation;
  readonly onClose: () => void;
}

interface CorrectFormProps extends Omit<CorrectDialogProps, 'opened'> {
  readonly onDirty: (dirty: boolean) => void;
  readonly onCancel: () => void;
}

/** What differs from the invitation as it is. */
function changesOf(invitation: Invitation, values: InviteValues): CorrectInput {
  const { email, mobile, landline, language } = inviteBodyOf(values);
  return {
    ...(email.trim().toLowerCase() === invitation.email ? {} : { email }),
    ...(mobile === invitation.mobile ? {} : { mobile: mobile ?? null }),
    ...(landline === invitation.landline ? {} : { landline: landline ?? null }),
    ...(language === invitation.language || language === undefined ? {} : { language }),
  };
}

function CorrectForm({ invitation, onDirty, onClose, onCancel }: CorrectFormProps) {
  const t = useClinicianWords();
  const failureText = useFailureText();
  const announce = useAnnouncer();
  const correct = useCorrect(invitation.caseId);
  const { form, busy, problems, attempt, onSubmit } = useCheckedForm<InviteValues>({
    initialValues: valuesOf(invitation),
    validate: (values) => checkInvite(values, t),
    fieldId: inviteFieldId,
    send: async (values) => {
      try {
        const mended = await correct.mutateAsync({
          invitationId: invitation.id,
          body: changesOf(invitation, values),
        });
        announce(t('invitations.correct.done', { email: mended.email }));
        onClose();
        return undefined;
      } catch (error) {
        const problem = problemOf(error);
        const named = fieldErrorsOf(problem);
        if (problem.code === 'phone-refused') {
          const field = 'landline' in named || values.mobile.trim() === '' ? 'landline' : 'mobile';
          return { [field]: t('invitations.form.phoneRefused') };
        }
        if (Object.keys(named).length > 0) return named;
        if (problem.code === 'too-many-requests') {
          return { form: t('invitations.form.rate', { count: minutesToWait(error) }) };
        }
        return { form: failureText(error) };
      }
    },
  });
  return (
    <form className={classes.form} noValidate onSubmit={onSubmit} onChange={() => onDirty(true)}>
      <ErrorSummary title={t('shell.problem')} items={problems} attempt={attempt} />
      <p>{t('invitations.correct.lead')}</p>
      <InviteFields form={form} />
      <DialogActions>
        <Button variant="default" onClick={onCancel}>
          {t('shell.cancel')}
        </Button>
        <SubmitButton busy={busy} busyLabel={t('invitations.correct.busy')}>
          {t('invitations.correct.submit')}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}

/** Mends an address or a number, and sends the invitation again. */
export function CorrectDialog({ opened, invitation, onClose }: CorrectDialogProps) {
  const t = useClinicianWords();
  const [dirty, setDirty] = useState(false);
  const close = (): void => {
    setDirty(false);
    onClose();
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={t('invitations.correct.title')}
      closeLabel={t('shell.close')}
      dirty={dirty}
      discard={{
        title: t('invitations.form.discard.title'),
        detail: t('invitations.form.discard.text'),
        discard: t('invitations.form.discard.action'),
        keep: t('invitations.form.discard.keep'),
      }}
      focusAfterId={invitationStripId}
    >
      {(requestClose) => (
        <CorrectForm invitation={invitation} onDirty={setDirty} onClose={close} onCancel={requestClose} />
      )}
    </Dialog>
  );
}
