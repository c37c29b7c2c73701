import type { ReactNode } from 'react';
import classes from './page-title.module.css';
import { usePageHeading } from './use-page-heading.ts';
import type { PageHeading } from './use-page-heading.ts';

export interface PageTitleProps extends PageHeading {
  /** One sentence under the heading. */
  readonly lead?: ReactNode;
  /** What stands before the heading: a step count, a way back. */
  readonly before?: ReactNode;
  /** What one can do with the whole screen; beside the heading, under it on a phone. */
  readonly actions?: ReactNode;
}

/** The screen's one `<h1>`: names the document and takes the focus when the screen changes. */
export const PageTitle = ({ title, service, prefix, lead, before, actions }: PageTitleProps) => {
  const heading = usePageHeading({ title, service, prefix });
  return (
    <div className={classes.root}>
      <div className={classes.words}>
        {before}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead !== undefined && <div className={classes.lead}>{lead}</div>}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </div>
  );
};
