import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useAnnouncer } from '../announcer/announcer.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import classes from './dialogs.module.css';

export interface SessionWarningProps {
  readonly opened: boolean;
  /** "You will be signed out soon". */
  readonly title: string;
  /** "For your privacy, we sign you out in", before the time. */
  readonly detail: string;
  /** "1:45", written out by the caller, who owns the clock. */
  readonly timeLeft: string;
  /** The sentence that is announced when it opens, with the time in words. */
  readonly announcement: string;
  readonly stayLabel: string;
  readonly signOutLabel: string;
  /** Escape stays signed in as well. */
  readonly onStay: () => void;
  readonly onSignOut: () => void;
}

/** Two minutes before the end of a session: one press keeps it. */
export const SessionWarning = ({
  opened,
  title,
  detail,
  timeLeft,
  announcement,
  stayLabel,
  signOutLabel,
  onStay,
  onSignOut,
}: SessionWarningProps) => {
  const announce = useAnnouncer();
  useEffect(() => {
    if (opened) announce(announcement, 'assertive');
    // The words change with every second; they are said once.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [announce, opened]);

  return (
    <DialogFrame opened={opened} onClose={onStay} title={title} size="brief">
      <p>{detail}</p>
      <p className={classes.seconds} aria-hidden="true">
        {timeLeft}
      </p>
      <div className={classes.actions}>
        <Button variant="default" onClick={onSignOut}>
          {signOutLabel}
        </Button>
        <Button data-autofocus onClick={onStay}>
          {stayLabel}
        </Button>
      </div>
    </DialogFrame>
  );
};
