import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.tsx';
import type { IconDrawing } from '../icon/icon.tsx';
import classes from './empty-state.module.css';

export interface EmptyStateProps {
  readonly icon: IconDrawing;
  /** "No messages yet". */
  readonly title: string;
  /** What will be here, and how it comes. */
  readonly detail?: ReactNode;
  readonly action?: ReactNode;
}

/** A place that will hold something: says what, and how it gets there. */
export const EmptyState = ({ icon, title, detail, action }: EmptyStateProps) => (
  <div className={classes.root}>
    <span className={classes.icon}>
      <Icon of={icon} size="xl" />
    </span>
    <p className={classes.title}>{title}</p>
    {detail !== undefined && <div className={classes.detail}>{detail}</div>}
    {action}
  </div>
);
