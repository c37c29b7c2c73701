import { Button, Loader } from '@mantine/core';
import type { ButtonProps } from '@mantine/core';
import type { ComponentProps } from 'react';
import classes from './submit-button.module.css';

export interface SubmitButtonProps
  extends Omit<ButtonProps, 'loading' | 'disabled'>,
    Omit<ComponentProps<'button'>, keyof ButtonProps | 'disabled'> {
  /** The form is on its way. */
  readonly busy: boolean;
  /** "Sending..", beside the label. */
  readonly busyLabel: string;
}

/**
 * Sends a form. Never disabled, so that it can always be found and asked; while busy it keeps its label,
 * says what is going on, and swallows further presses, those of Enter in a field included.
 */
export const SubmitButton = ({ busy, busyLabel, children, onClick, ...button }: SubmitButtonProps) => (
  <Button
    type="submit"
    {...button}
    aria-busy={busy || undefined}
    onClick={(event) => {
      if (busy) event.preventDefault();
      else onClick?.(event);
    }}
  >
    <span className={classes.label}>
      {children}
      {busy && (
        <span className={classes.busy}>
          <Loader size="1em" color="currentColor" aria-hidden="true" />
          {busyLabel}
        </span>
      )}
    </span>
  </Button>
);
