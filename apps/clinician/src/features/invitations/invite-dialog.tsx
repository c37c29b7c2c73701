import { limits, type Invitation } from '@casetalk/contract';
import { useClinicianMe } from '@casetalk/portal';
import { Dialog, DialogActions, StatusStrip, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { dropInviteDraft } from './invite-draft.ts';
import { InviteForm } from './invite-form.tsx';
import classes from './invite-form.module.css';

/** Where the focus goes when the button that opened the dialog is gone: the strip that tells how it stands. */
export const invitationStripId = 'invitation-standing';

interface InviteDialogProps {
  readonly opened: boolean;
  readonly caseId: string;
  readonly patientName: string;
  /** Called once it closes; `sent` when an invitation went out. */
  readonly onClose: (sent: boolean) => void;
}

interface SentProps {
  readonly invitation: Invitation;
  readonly onDone: () => void;
}

/** It is on its way: the whole address, so that its author sees a typing mistake. */
function Sent({ invitation, onDone }: SentProps) {
  const t = useClinicianWords();
  const announce = useAnnouncer();
  const button = useRef<HTMLButtonElement>(null);
  const title = t('invitations.form.sentTitle', { email: invitation.email });
  const life = t('invitations.form.sentText', { count: limits.invitationLifeDays });
  useEffect(() => {
    announce(`${title}. ${life}`);
    button.current?.focus();
  }, [announce, life, title]);
  return (
    <div className={classes.sent}>
      <StatusStrip
        tone="success"
        title={`${title}.`}
        detail={
          <>
            <p>{life}</p>
            <p>{t('invitations.form.sentNext')}</p>
          </>
        }
      />
      <DialogActions>
        <Button ref={button} onClick={onDone}>
          {t('invitations.form.done')}
        </Button>
      </DialogActions>
    </div>
  );
}

/** "Invite patient": asks before it throws away what was typed, and stays to say that the invitation went out. */
export function InviteDialog({ opened, caseId, patientName, onClose }: InviteDialogProps) {
  const t = useClinicianWords();
  const [dirty, setDirty] = useState(false);
  const [sent, setSent] = useState<Invitation | null>(null);
  const me = useClinicianMe();

  const close = (): void => {
    // It was sent, or given up by the one who filled it in: only then is nothing kept.
    dropInviteDraft(me.id, caseId);
    onClose(sent !== null);
    setSent(null);
    setDirty(false);
  };

  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={t('invitations.form.title')}
      closeLabel={t('shell.close')}
      dirty={dirty && sent === null}
      discard={{
        title: t('invitations.form.discard.title'),
        detail: t('invitations.form.discard.text'),
        discard: t('invitations.form.discard.action'),
        keep: t('invitations.form.discard.keep'),
      }}
      focusAfterId={invitationStripId}
    >
      {(requestClose) =>
        sent ? (
          <Sent invitation={sent} onDone={close} />
        ) : (
          <InviteForm
            caseId={caseId}
            patientName={patientName}
            onDirty={setDirty}
            onSent={setSent}
            onCancel={requestClose}
          />
        )
      }
    </Dialog>
  );
}
