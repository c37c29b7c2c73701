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

/** The heading over one day's messages. */
export const DaySeparator = ({ children }: { readonly children: ReactNode }) => (
  <li className={classes.day}>
    <h3>{children}</h3>
  </li>
);
