import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { SubmitButton } from '../buttons/submit-button.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import classes from './dialogs.module.css';

export interface ConfirmDialogProps {
  readonly opened: boolean;
  /** The question: "Cancel the invitation?" */
  readonly title: string;
  /** What follows from yes. */
  readonly detail?: ReactNode;
  /** Says what it does: "Cancel invitation", never "OK". */
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  /** It cannot be taken back. */
  readonly dangerous?: boolean;
  readonly busy?: boolean;
  readonly busyLabel?: string;
  /** Why it did not work, in place. */
  readonly error?: ReactNode;
}

/** One question with two answers; the harmless one has the focus. */
export const ConfirmDialog = ({
  opened,
  title,
  detail,
  confirmLabel,
  cancelLabel,
  onConfirm,
  onCancel,
  dangerous = false,
  busy = false,
  busyLabel = '',
  error,
}: ConfirmDialogProps) => (
  <DialogFrame opened={opened} onClose={onCancel} title={title} size="brief">
    {detail !== undefined && <div className={classes.detail}>{detail}</div>}
    {error !== undefined && (
      <p className={classes.error} role="alert">
        {error}
      </p>
    )}
    <div className={classes.actions}>
      <Button variant="default" onClick={onCancel}>
        {cancelLabel}
      </Button>
      <SubmitButton
        type="button"
        busy={busy}
        busyLabel={busyLabel}
        onClick={onConfirm}
        {...(dangerous ? { color: 'red', variant: 'filled' } : {})}
      >
        {confirmLabel}
      </SubmitButton>
    </div>
  </DialogFrame>
);
