import { use, useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { FirstScreenContext } from './first-screen.tsx';

export interface PageHeading {
  /** The screen's name, as its heading says it. */
  readonly title: string;
  /** The product's or the practice's name: "Screen - Service". */
  readonly service: string;
  /** Stands before the title in the browser's tab: "Error: " after a failed submit, "(2) " for unread. */
  readonly prefix?: string | undefined;
}

/**
 * Names the document and gives the ref of the screen's one `<h1>`, which takes the focus whenever the
 * title changes, save on the first screen after a load.
 */
export const usePageHeading = ({
  title,
  service,
  prefix = '',
}: PageHeading): RefObject<HTMLHeadingElement | null> => {
  const heading = useRef<HTMLHeadingElement>(null);
  const takeFirst = use(FirstScreenContext);
  const shown = useRef<string | null>(null);

  useEffect(() => {
    document.title = `${prefix}${title} - ${service}`;
  }, [prefix, title, service]);

  useEffect(() => {
    if (shown.current === title) return;
    shown.current = title;
    if (!takeFirst()) heading.current?.focus();
  }, [takeFirst, title]);

  return heading;
};
