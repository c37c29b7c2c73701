import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClockHour4,
  IconInfoCircle,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.tsx';
import type { IconDrawing } from '../icon/icon.tsx';
import classes from './status-strip.module.css';

/** How a state feels; always with words and an icon, never colour alone. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

const drawings: Readonly<Record<Tone, IconDrawing>> = {
  neutral: IconClockHour4,
  info: IconInfoCircle,
  success: IconCircleCheck,
  warning: IconAlertTriangle,
  danger: IconCircleX,
};

export interface StatusStripProps {
  readonly tone: Tone;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** Buttons that repair or end the state. */
  readonly actions?: ReactNode;
  /** Another drawing than the tone's own. */
  readonly icon?: IconDrawing;
  /** For the focus to land on, when the button that had it is gone. */
  readonly id?: string;
}

/** Where something stands, and what one can do about it: one strip, in place. */
export const StatusStrip = ({ tone, title, detail, actions, icon, id }: StatusStripProps) => (
  <div className={classes.root} data-tone={tone} id={id} tabIndex={id === undefined ? undefined : -1}>
    <span className={classes.icon}>
      <Icon of={icon ?? drawings[tone]} />
    </span>
    <div className={classes.words}>
      <p className={classes.title}>{title}</p>
      {detail !== undefined && <div className={classes.detail}>{detail}</div>}
    </div>
    {actions !== undefined && <div className={classes.actions}>{actions}</div>}
  </div>
);
