import { FocusTrap } from '@mantine/core';
import { useId } from 'react';
import type { ReactNode } from 'react';
import classes from './lock-screen.module.css';

export interface LockScreenProps {
  readonly locked: boolean;
  /** The product's mark. */
  readonly brand?: ReactNode;
  /** "Locked". */
  readonly title: string;
  readonly detail?: ReactNode;
  /** What opens it again: a form, a button. */
  readonly unlock: ReactNode;
  /** The whole portal; kept as it is, unseen and out of reach while locked. */
  readonly children: ReactNode;
}

/** Hides everything until the reader is known again, without losing what was typed. */
export const LockScreen = ({ locked, brand, title, detail, unlock, children }: LockScreenProps) => {
  const titleId = useId();
  return (
    <>
      <div className={classes.content} inert={locked} data-locked={locked || undefined}>
        {children}
      </div>
      {locked && (
        <FocusTrap active>
          <main className={classes.screen} aria-labelledby={titleId}>
            <div className={classes.box}>
              {brand}
              <h1 id={titleId}>{title}</h1>
              {detail !== undefined && <div>{detail}</div>}
              {unlock}
            </div>
          </main>
        </FocusTrap>
      )}
    </>
  );
};
