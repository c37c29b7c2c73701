import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { motion } from '../theme/tokens.ts';
import classes from './dialog-frame.module.css';

/** `brief` asks one thing and stays small on a phone; the others fill it. `side` stands at the window's end, beside the page. */
export type DialogSize = 'brief' | 'form' | 'wide' | 'side' | 'full';

export interface DialogFrameProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly size: DialogSize;
  readonly closeOnEscape?: boolean;
  readonly children: ReactNode;
}

/**
 * The dialog under all others. The page behind it is held still by `base.css`, because Mantine's own lock
 * writes a style tag, which the portals' policy forbids. No `Modal.Header` either: it is a `<header>`, and
 * would be a second banner of the page.
 */
export const DialogFrame = ({
  opened,
  onClose,
  title,
  size,
  closeOnEscape = true,
  children,
}: DialogFrameProps) => (
  <Modal.Root
    opened={opened}
    onClose={onClose}
    closeOnEscape={closeOnEscape}
    closeOnClickOutside={false}
    lockScroll={false}
    centered
    transitionProps={{ duration: motion.quick }}
    classNames={{
      inner: classes.inner ?? '',
      overlay: classes.overlay ?? '',
      content: classes.content ?? '',
      title: classes.title ?? '',
      body: classes.body ?? '',
    }}
    data-ct-dialog={opened || undefined}
  >
    <Modal.Overlay />
    <Modal.Content data-ct-size={size}>
      <Modal.Title>{title}</Modal.Title>
      <Modal.Body>{children}</Modal.Body>
    </Modal.Content>
  </Modal.Root>
);
