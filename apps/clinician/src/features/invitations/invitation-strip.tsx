import type { Invitation } from '@casetalk/contract';
import { focusWhenThere, useLanguage } from '@casetalk/portal';
import { ConfirmDialog, StatusStrip, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useFailureText } from '../../lib/use-failure-text.ts';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { CorrectDialog } from './correct-dialog.tsx';
import { useResend, useRevoke } from './invitation-queries.ts';
import { type Repair, repairOf, standingOf, toneOf } from './invitation-standing.ts';
import { invitationStripId } from './invite-dialog.tsx';
import { reminderText, standingText } from './standing-text.ts';
import classes from './invitation-strip.module.css';

interface InvitationStripProps {
  readonly invitation: Invitation;
  readonly patientName: string;
  /** Whether a new invitation may follow one that has ended. */
  readonly mayInvite: boolean;
  readonly onInviteAgain: () => void;
}

/** Says it when the invitation moves by itself. */
function useMoveAnnounced(title: string): void {
  const announce = useAnnouncer();
  const told = useRef(title);
  useEffect(() => {
    if (told.current === title) return;
    told.current = title;
    announce(title);
  }, [announce, title]);
}

/** Where the invitation stands, in one sentence, with the button that repairs it first. Moves by itself. */
export function InvitationStrip({ invitation, patientName, mayInvite, onInviteAgain }: InvitationStripProps) {
  const t = useClinicianWords();
  const language = useLanguage();
  const announce = useAnnouncer();
  const failureText = useFailureText();
  const [dialog, setDialog] = useState<'correct' | 'cancel' | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const resend = useResend(invitation.caseId);
  const revoke = useRevoke(invitation.caseId);

  const standing = standingOf(invitation);
  const { title, detail } = standingText(standing, invitation, patientName, language, t);
  const reminders = reminderText(invitation, language, t);
  const repair = repairOf(standing);
  const { abilities } = invitation;

  useMoveAnnounced(title);

  const sendAgain = (): void => {
    if (resend.isPending) return;
    setFailure(null);
    resend.mutate(invitation.id, {
      onSuccess: (again) => announce(t('invitations.actions.resent', { email: again.email })),
      onError: (error) => setFailure(failureText(error)),
    });
  };

  const cancel = (): void => {
    revoke.mutate(invitation.id, {
      onSuccess: () => {
        setDialog(null);
        announce(t('invitations.actions.cancelled'));
        focusWhenThere(invitationStripId);
      },
    });
  };

  const variantOf = (...acts: readonly Repair[]) => (repair && acts.includes(repair) ? 'filled' : 'default');
  const buttons = [
    repair === 'again' && mayInvite && (
      <Button key="again" size="sm" onClick={onInviteAgain}>
        {t('invitations.actions.again')}
      </Button>
    ),
    abilities.correct && (
      <Button
        key="correct"
        size="sm"
        variant={variantOf('correct', 'correctPhone')}
        onClick={() => setDialog('correct')}
      >
        {repair === 'correctPhone' ? t('invitations.actions.correctPhone') : t('invitations.actions.correct')}
      </Button>
    ),
    abilities.resend && (
      <Button
        key="resend"
        size="sm"
        variant={variantOf('resend')}
        aria-busy={resend.isPending || undefined}
        onClick={sendAgain}
      >
        {resend.isPending ? t('invitations.actions.resending') : t('invitations.actions.resend')}
      </Button>
    ),
    abilities.revoke && (
      <Button key="cancel" size="sm" variant="subtle" onClick={() => setDialog('cancel')}>
        {t('invitations.actions.cancel')}
      </Button>
    ),
  ].filter((button) => button !== false);
  // The one that repairs comes first; what stands out is what helps.
  if (repair === 'resend') buttons.sort((a, b) => Number(b.key === 'resend') - Number(a.key === 'resend'));

  return (
    <>
      <StatusStrip
        id={invitationStripId}
        tone={toneOf(standing)}
        title={title}
        detail={
          <>
            <p>{detail}</p>
            {reminders !== undefined && <p>{reminders}</p>}
            {failure !== null && (
              <p className={classes.failure} role="alert">
                {failure}
              </p>
            )}
          </>
        }
        actions={buttons.length > 0 ? buttons : undefined}
      />
      {abilities.correct && (
        <CorrectDialog
          opened={dialog === 'correct'}
          invitation={invitation}
          onClose={() => setDialog(null)}
        />
      )}
      <ConfirmDialog
        opened={dialog === 'cancel'}
        title={t('invitations.actions.cancelTitle')}
        detail={t('invitations.actions.cancelText', { name: patientName })}
        confirmLabel={t('invitations.actions.cancel')}
        cancelLabel={t('invitations.actions.cancelKeep')}
        busy={revoke.isPending}
        busyLabel={t('invitations.actions.cancelBusy')}
        dangerous
        error={revoke.isError ? failureText(revoke.error) : undefined}
        onConfirm={cancel}
        onCancel={() => {
          revoke.reset();
          setDialog(null);
        }}
      />
    </>
  );
}
