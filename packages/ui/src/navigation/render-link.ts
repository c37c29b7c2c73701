import type { ReactNode } from 'react';

/** What a link of this package needs from a router's link. */
export interface LinkParts {
  readonly to: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
  readonly id?: string;
  readonly role?: 'tab';
  readonly tabIndex?: number;
  readonly 'aria-selected'?: boolean;
  readonly 'aria-controls'?: string | undefined;
  readonly 'aria-current'?: 'page' | undefined;
}

/** Draws a link with the caller's router: `(parts) => <Link {...parts} />`. */
export type RenderLink = (parts: LinkParts) => ReactNode;
