import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.tsx';
import classes from './undo-toast.module.css';

export interface UndoToastProps {
  /** What was done: "Shared to Attachments". */
  readonly text: ReactNode;
  readonly undoLabel: string;
  /** "Undo sharing image3bmp.bmp": the button's whole name. */
  readonly undoName: string;
  /** How long one can undo, in seconds. */
  readonly seconds: number;
  /** "8 seconds left". */
  readonly countdown: (seconds: number) => string;
  readonly onUndo: () => void;
  /** The time is over. */
  readonly onDone: () => void;
}

/**
 * What was just done, in place, with the seconds in which it can be taken back. Time stands still while
 * the pointer or the focus is on it, so that nobody loses the race to the button.
 */
export const UndoToast = ({
  text,
  undoLabel,
  undoName,
  seconds,
  countdown,
  onUndo,
  onDone,
}: UndoToastProps) => {
  const [left, setLeft] = useState(seconds);
  const [held, setHeld] = useState(false);
  const done = useEffectEvent(onDone);

  useEffect(() => {
    if (held) return undefined;
    if (left <= 0) {
      done();
      return undefined;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [held, left]);

  return (
    <div
      className={classes.root}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon of={IconCircleCheck} />
      <span className={classes.text}>{text}</span>
      <span className={classes.countdown}>{countdown(left)}</span>
      <Button variant="default" size="sm" aria-label={undoName} onClick={onUndo}>
        {undoLabel}
      </Button>
    </div>
  );
};
