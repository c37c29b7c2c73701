import { useId } from 'react';
import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.tsx';
import type { IconDrawing } from '../icon/icon.tsx';
import classes from './timeline.module.css';

export interface TimelineDayProps {
  /** "Today", "Friday, 20 Nov 2026". */
  readonly title: string;
  /** One deeper than the heading above the timeline. */
  readonly level?: 2 | 3;
  /** The `TimelineItem`s of this day, the latest first. */
  readonly children: ReactNode;
}

/** One day of a timeline under its own heading. */
export const TimelineDay = ({ title, level = 2, children }: TimelineDayProps) => {
  const Heading = `h${level}` as const;
  const titleId = useId();
  return (
    <section className={classes.day}>
      <Heading id={titleId} className={classes.dayName}>
        {title}
      </Heading>
      <ol className={classes.list} aria-labelledby={titleId}>
        {children}
      </ol>
    </section>
  );
};

export interface TimelineItemProps {
  readonly icon: IconDrawing;
  /** `own` is quieter, `warning` stands out. */
  readonly tone?: 'plain' | 'own' | 'case' | 'warning';
  /** Who it was: a name. */
  readonly who: ReactNode;
  /** What she is: job title and practice. */
  readonly role?: ReactNode;
  /** What she did. */
  readonly what: ReactNode;
  readonly time: ReactNode;
  readonly details?: ReactNode;
}

/** Something that happened: who, what and when, beside its mark on the thread of the day. */
export const TimelineItem = ({ icon, tone = 'plain', who, role, what, time, details }: TimelineItemProps) => (
  <li className={classes.item} data-tone={tone}>
    <span className={classes.mark}>
      <Icon of={icon} size="sm" />
    </span>
    <div className={classes.words}>
      <p className={classes.head}>
        <span className={classes.what}>
          <strong className={classes.who}>{who}</strong> {what}
        </span>
        <span className={classes.time}>{time}</span>
      </p>
      {role !== undefined && <p className={classes.quiet}>{role}</p>}
      {details !== undefined && <div className={classes.quiet}>{details}</div>}
    </div>
  </li>
);
