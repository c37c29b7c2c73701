import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useId, useRef } from 'react';
import { Icon } from '../icon/icon.tsx';
import classes from './error-summary.module.css';

export interface ErrorSummaryItem {
  /** The id of the control to repair; left out when the failure belongs to no single field. */
  readonly fieldId?: string | undefined;
  /** Worded exactly as beside the field. */
  readonly message: string;
}

export interface ErrorSummaryProps {
  /** "There is a problem". */
  readonly title: string;
  readonly items: readonly ErrorSummaryItem[];
  /** Grows with each failed submit, so that the focus comes back here even for the same errors. */
  readonly attempt?: number | undefined;
}

const Summary = ({ title, items }: Omit<ErrorSummaryProps, 'attempt'>) => {
  const root = useRef<HTMLDivElement>(null);
  const titleId = useId();

  useEffect(() => {
    root.current?.focus();
  }, []);

  return (
    <div ref={root} className={classes.root} role="alert" tabIndex={-1} aria-labelledby={titleId}>
      <h2 id={titleId} className={classes.title}>
        <Icon of={IconAlertTriangle} size="lg" />
        {title}
      </h2>
      <ul className={classes.list}>
        {items.map(({ fieldId, message }) => (
          <li key={`${fieldId ?? ''} ${message}`}>
            {fieldId === undefined ? (
              message
            ) : (
              <a
                href={`#${fieldId}`}
                onClick={(event) => {
                  event.preventDefault();
                  const field = document.getElementById(fieldId);
                  field?.focus({ preventScroll: true });
                  field?.scrollIntoView({ block: 'center' });
                }}
              >
                {message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
};

/** What went wrong with a form, at the top of main: takes the focus, and each line leads to its field. */
export const ErrorSummary = ({ title, items, attempt = 0 }: ErrorSummaryProps) =>
  items.length === 0 ? null : <Summary key={attempt} title={title} items={items} />;
