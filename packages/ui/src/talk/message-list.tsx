import type { ReactNode } from 'react';
import classes from './message-list.module.css';

/** Messages in the order they were said. */
export const MessageList = ({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) => (
  <ol className={classes.list} aria-label={label}>
    {children}
  </ol>
);

export interface DaySeparatorProps {
  /** One deeper than the heading above the talk. */
  readonly level?: 2 | 3 | 4;
  readonly children: ReactNode;
}

/** The heading over one day's messages. */
export const DaySeparator = ({ level = 3, children }: DaySeparatorProps) => {
  const Heading = `h${level}` as const;
  return (
    <li className={classes.day}>
      <Heading className={classes.dayName}>{children}</Heading>
    </li>
  );
};
