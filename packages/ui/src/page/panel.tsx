import { useId } from 'react';
import type { ReactNode } from 'react';
import classes from './panel.module.css';

export interface PanelProps {
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One group of things on the page, on its own ground. Never a panel inside a panel. */
export const Panel = ({ title, actions, children }: PanelProps) => {
  const titleId = useId();
  return (
    <section className={classes.root} aria-labelledby={title === undefined ? undefined : titleId}>
      {(title !== undefined || actions !== undefined) && (
        <div className={classes.head}>
          {title !== undefined && <h2 id={titleId}>{title}</h2>}
          {actions}
        </div>
      )}
      {children}
    </section>
  );
};

/** A column for reading: at most 68 letters a line. */
export const ReadingColumn = ({ children }: { readonly children: ReactNode }) => (
  <div className={classes.reading}>{children}</div>
);
