import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Icon } from '../icon/icon.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import classes from './dialogs.module.css';

/** What is asked before something typed is thrown away. */
export interface DiscardWords {
  /** "Leave without sending?" */
  readonly title: string;
  readonly detail?: string;
  /** "Leave". */
  readonly discard: string;
  /** "Keep writing". */
  readonly keep: string;
}

export interface DialogProps {
  readonly opened: boolean;
  /** Called when it may close: at once, or after the reader agreed to lose what was typed. */
  readonly onClose: () => void;
  readonly title: string;
  /** "Close": the name of the cross. */
  readonly closeLabel: string;
  /** Something was typed: Escape and the cross ask first. */
  readonly dirty?: boolean;
  /** Needed when `dirty` can become true. */
  readonly discard?: DiscardWords;
  /** `side`: something to read beside the page, as high as the window. */
  readonly size?: 'form' | 'wide' | 'side';
  /** Where the focus goes when the button that opened it is gone by then. */
  readonly focusAfterId?: string;
  /** The body; a function gets `requestClose`, which asks as Escape does: for a Cancel button. */
  readonly children: ReactNode | ((requestClose: () => void) => ReactNode);
}

/** Mantine gives the focus back to the opener within this time; after it, nobody took it. */
const settledMs = 60;

/**
 * A dialog with a form. The first field has the focus, Escape asks only when something would be lost, and
 * the focus returns to the opener. It fills a phone.
 */
export const Dialog = ({
  opened,
  onClose,
  title,
  closeLabel,
  dirty = false,
  discard,
  size = 'form',
  focusAfterId,
  children,
}: DialogProps) => {
  const [asking, setAsking] = useState(false);
  const wasOpened = useRef(opened);

  const requestClose = () => {
    if (!dirty || discard === undefined) onClose();
    // Later, because the question would otherwise hear the very Escape that raised it, and close.
    else setTimeout(() => setAsking(true));
  };

  useEffect(() => {
    const closed = wasOpened.current && !opened;
    wasOpened.current = opened;
    if (!closed || focusAfterId === undefined) return undefined;
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) document.getElementById(focusAfterId)?.focus();
    }, settledMs);
    return () => clearTimeout(timer);
  }, [focusAfterId, opened]);

  return (
    <>
      <DialogFrame opened={opened} onClose={requestClose} title={title} size={size} closeOnEscape={!asking}>
        {typeof children === 'function' ? children(requestClose) : children}
        {/* Last in the order of focus, so that the dialog starts at its first field. */}
        <ActionIcon className={classes.cross} color="gray" aria-label={closeLabel} onClick={requestClose}>
          <Icon of={IconX} />
        </ActionIcon>
      </DialogFrame>
      {discard !== undefined && (
        <ConfirmDialog
          opened={opened && asking}
          title={discard.title}
          detail={discard.detail}
          confirmLabel={discard.discard}
          cancelLabel={discard.keep}
          dangerous
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            onClose();
          }}
        />
      )}
    </>
  );
};

/** The row of buttons at the end of a dialog or a form: the primary one last, under the thumb. */
export const DialogActions = ({ children }: { readonly children: ReactNode }) => (
  <div className={classes.actions}>{children}</div>
);
