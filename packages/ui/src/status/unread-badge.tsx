import { VisuallyHidden } from '@mantine/core';
import classes from './unread-badge.module.css';

export interface UnreadBadgeProps {
  /** How many; nothing is drawn at 0. */
  readonly count: number;
  /** "2 unread messages": read instead of the bare number. */
  readonly text: string;
}

/** A dot and a number; numbers over 99 stay short to the eye and whole to the ear. */
export const UnreadBadge = ({ count, text }: UnreadBadgeProps) =>
  count === 0 ? null : (
    <span className={classes.root}>
      <span className={classes.dot} aria-hidden="true" />
      <span className={classes.number} aria-hidden="true">
        {count > 99 ? '99+' : count}
      </span>
      <VisuallyHidden>{text}</VisuallyHidden>
    </span>
  );
