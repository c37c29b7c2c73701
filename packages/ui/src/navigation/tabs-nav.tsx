import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { RenderLink } from './render-link.ts';
import classes from './tabs-nav.module.css';

export interface TabItem {
  readonly id: string;
  readonly to: string;
  readonly label: string;
  /** An `AudienceIcon`, where the tab has an audience. */
  readonly icon?: ReactNode;
  /** A number beside the label, and the words that are read: "2 unread". */
  readonly badge?: { readonly count: number; readonly text: string } | undefined;
  /** A word beside the label, such as "Draft". */
  readonly mark?: string | undefined;
}

export interface TabsNavProps {
  /** Names the tabs and their panel; unique on the page. */
  readonly id: string;
  /** "Parts of the case". */
  readonly label: string;
  readonly items: readonly TabItem[];
  /** The id of the tab whose route is shown. */
  readonly selected: string;
  readonly renderLink: RenderLink;
}

const panelIdOf = (tabsId: string): string => `${tabsId}-panel`;
const tabIdOf = (tabsId: string, tab: string): string => `${tabsId}-tab-${tab}`;

/** Which tab a key leads to; undefined for keys that are not ours. */
const targetOf = (key: string, at: number, count: number): number | undefined => {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
};

/**
 * Tabs that are routes: links, so that Back and deep links work. Arrows, Home and End move the focus;
 * Enter or Space opens, because opening loads.
 */
export const TabsNav = ({ id, label, items, selected, renderLink }: TabsNavProps) => {
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const show = () =>
      document.getElementById(tabIdOf(id, selected))?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    show();
    // A phone that is turned has another half of the tabs out of sight.
    addEventListener('resize', show);
    return () => removeEventListener('resize', show);
  }, [id, selected]);

  const onKeyDown = (event: KeyboardEvent) => {
    const tabs = [...(list.current?.querySelectorAll<HTMLElement>('[role=tab]') ?? [])];
    const at = tabs.findIndex((tab) => tab === document.activeElement);
    if (at === -1) return;
    if (event.key === ' ') {
      event.preventDefault();
      tabs[at]?.click();
      return;
    }
    const target = targetOf(event.key, at, tabs.length);
    if (target === undefined) return;
    event.preventDefault();
    tabs[target]?.focus();
  };

  return (
    <div
      ref={list}
      className={classes.list}
      role="tablist"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {items.map((item) => (
        <div key={item.id} role="presentation" className={classes.item}>
          {renderLink({
            to: item.to,
            id: tabIdOf(id, item.id),
            role: 'tab',
            className: classes.tab,
            tabIndex: item.id === selected ? 0 : -1,
            'aria-selected': item.id === selected,
            'aria-controls': item.id === selected ? panelIdOf(id) : undefined,
            children: (
              <>
                {item.icon}
                <span>{item.label}</span>
                {item.badge !== undefined && item.badge.count > 0 && (
                  <>
                    <span className={classes.badge} aria-hidden="true">
                      {item.badge.count}
                    </span>
                    <VisuallyHidden>, {item.badge.text}</VisuallyHidden>
                  </>
                )}
                {item.mark !== undefined && (
                  <>
                    <VisuallyHidden>, </VisuallyHidden>
                    <span className={classes.mark}>{item.mark}</span>
                  </>
                )}
              </>
            ),
          })}
        </div>
      ))}
    </div>
  );
};

export interface TabPanelProps {
  /** The `id` of its `TabsNav`. */
  readonly tabsId: string;
  readonly selected: string;
  readonly children: ReactNode;
}

/** What the selected tab shows; starts with an `<h2>` that repeats the tab's label. */
export const TabPanel = ({ tabsId, selected, children }: TabPanelProps) => (
  <div
    id={panelIdOf(tabsId)}
    className={classes.panel}
    role="tabpanel"
    aria-labelledby={tabIdOf(tabsId, selected)}
  >
    {children}
  </div>
);
