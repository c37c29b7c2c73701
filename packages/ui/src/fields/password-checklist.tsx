import { VisuallyHidden } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useAnnouncer } from '../announcer/announcer.tsx';
import { Icon } from '../icon/icon.tsx';
import classes from './password-checklist.module.css';

export interface PasswordRequirement {
  readonly id: string;
  readonly text: string;
  readonly met: boolean;
}

export interface PasswordChecklistProps {
  /** For the `aria-describedby` of the password field. */
  readonly id: string;
  /** "Your password needs". */
  readonly title: string;
  readonly items: readonly PasswordRequirement[];
  /** "Met". */
  readonly metLabel: string;
  /** "Not met". */
  readonly notMetLabel: string;
  /** "3 of 5 requirements met": said once the reader stopped typing. */
  readonly summary: string;
}

/** Typing pauses are shorter than this, reading pauses longer. */
const quietMs = 1000;

/** What a password needs, each line red with a cross until it is met, then green with a tick. */
export const PasswordChecklist = ({
  id,
  title,
  items,
  metLabel,
  notMetLabel,
  summary,
}: PasswordChecklistProps) => {
  const announce = useAnnouncer();
  const said = useRef(summary);

  useEffect(() => {
    if (said.current === summary) return undefined;
    const timer = setTimeout(() => {
      said.current = summary;
      announce(summary);
    }, quietMs);
    return () => clearTimeout(timer);
  }, [announce, summary]);

  return (
    <div className={classes.root}>
      <p className={classes.title}>{title}</p>
      <ul id={id} className={classes.list}>
        {items.map((item) => (
          <li key={item.id} className={item.met ? classes.met : classes.notMet}>
            <Icon of={item.met ? IconCheck : IconX} />
            <span>
              <VisuallyHidden>{item.met ? metLabel : notMetLabel}: </VisuallyHidden>
              {item.text}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
};
