import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.tsx';
import type { IconDrawing } from '../icon/icon.tsx';
import classes from './fact-list.module.css';

export interface FactItemProps {
  readonly icon: IconDrawing;
  readonly title: ReactNode;
  /** Small facts under the title: when it was added, when it was last used. */
  readonly facts: readonly ReactNode[];
  /** What one can do with it. */
  readonly actions?: ReactNode;
}

/** Things that one has, each with a few facts and what one can do with it. */
export const FactList = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <ul className={classes.list} aria-label={label}>
    {children}
  </ul>
);

/** One thing of a {@link FactList}. */
export const FactItem = ({ icon, title, facts, actions }: FactItemProps) => (
  <li className={classes.item}>
    <span className={classes.icon}>
      <Icon of={icon} size="lg" />
    </span>
    <div className={classes.words}>
      <span className={classes.title}>{title}</span>
      <span className={classes.facts}>
        {facts.map((fact, index) => (
          // The facts of one thing never change their order.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index}>{fact}</span>
        ))}
      </span>
    </div>
    {actions !== undefined && <div className={classes.actions}>{actions}</div>}
  </li>
);
