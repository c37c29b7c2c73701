import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.tsx';
import type { IconDrawing } from '../icon/icon.tsx';
import classes from './rail-nav.module.css';
import type { RenderLink } from './render-link.ts';

export interface RailItem {
  readonly id: string;
  readonly to: string;
  readonly label: string;
  readonly icon: IconDrawing;
  readonly badge?: { readonly count: number; readonly text: string } | undefined;
}

export interface RailNavProps {
  /** "Main". */
  readonly label: string;
  /** The mark, at the top. */
  readonly brand: ReactNode;
  readonly items: readonly RailItem[];
  /** The id of the item one is in. */
  readonly current: string;
  readonly renderLink: RenderLink;
  /** Who is signed in, and the way out; at the foot of the rail, in the top bar of a phone. */
  readonly account?: ReactNode;
}

/** The clinician's way around: a slim rail at the left; on a phone a bar at the top and one at the bottom. */
export const RailNav = ({ label, brand, items, current, renderLink, account }: RailNavProps) => (
  <header className={classes.rail}>
    <div className={classes.brand}>{brand}</div>
    <nav className={classes.nav} aria-label={label}>
      <ul className={classes.list}>
        {items.map((item) => (
          <li key={item.id} className={classes.item}>
            {renderLink({
              to: item.to,
              className: classes.link,
              'aria-current': item.id === current ? 'page' : undefined,
              children: (
                <>
                  <Icon of={item.icon} size="lg" />
                  <span className={classes.label}>{item.label}</span>
                  {item.badge !== undefined && item.badge.count > 0 && (
                    <>
                      <span className={classes.badge} aria-hidden="true">
                        {item.badge.count > 99 ? '99+' : item.badge.count}
                      </span>
                      <VisuallyHidden>, {item.badge.text}</VisuallyHidden>
                    </>
                  )}
                </>
              ),
            })}
          </li>
        ))}
      </ul>
    </nav>
    {account !== undefined && <div className={classes.account}>{account}</div>}
  </header>
);

export interface RailLayoutProps {
  /** The `RailNav`. */
  readonly rail: ReactNode;
  /** The id of main, for the skip link. */
  readonly mainId: string;
  /** Above main, beside the rail, which keeps its whole height: the bar that says one is offline. */
  readonly before?: ReactNode;
  readonly children: ReactNode;
}

/** The clinician's page: the rail, and main beside it. */
export const RailLayout = ({ rail, mainId, before, children }: RailLayoutProps) => (
  <div className={classes.layout}>
    {rail}
    <div className={classes.beside}>
      {before}
      <main id={mainId} className={classes.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  </div>
);
