import { IconArrowDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.tsx';
import classes from './thread-log.module.css';
import { useStayAtEnd } from './use-stay-at-end.ts';
import type { StayAtEnd } from './use-stay-at-end.ts';

export interface ThreadLogProps extends StayAtEnd {
  /** "Talk with Ana Ruiz". */
  readonly label: string;
  /** "1 new message, jump": on the button that leads to what came meanwhile. */
  readonly newMessages: (count: number) => string;
  /** "Load older", above the oldest message shown. */
  readonly older?: ReactNode;
  /** A `MessageList`, or an `EmptyState`. */
  readonly children: ReactNode;
}

/**
 * The scrolling part of a talk. A log that is not live: new messages are announced once by name, instead
 * of a screen reader starting the whole log again.
 */
export const ThreadLog = ({ label, ids, lastIsOwn, newMessages, older, children }: ThreadLogProps) => {
  const { frame, content, unseen, onScroll, jump } = useStayAtEnd({ ids, lastIsOwn });
  return (
    <div className={classes.root}>
      <section
        ref={frame}
        className={classes.frame}
        role="log"
        aria-live="off"
        aria-label={label}
        // A scrolling region has to be reachable for the arrow keys.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={onScroll}
      >
        <div ref={content} className={classes.content}>
          {older !== undefined && <div className={classes.older}>{older}</div>}
          {children}
        </div>
      </section>
      {unseen > 0 && (
        <button
          type="button"
          className={classes.pill}
          onClick={() => {
            jump();
            frame.current?.focus({ preventScroll: true });
          }}
        >
          <Icon of={IconArrowDown} size="sm" />
          {newMessages(unseen)}
        </button>
      )}
    </div>
  );
};
