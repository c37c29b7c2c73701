import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';

/** `brief` asks one thing and stays small on a phone; the others fill it. */
export type DialogSize = 'brief' | 'form' | 'wide' | 'full';

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
 * writes a style tag, which the portals' policy forbids.
 */
export const DialogFrame = ({
  opened,
  onClose,
  title,
  size,
  closeOnEscape = true,
  children,
}: DialogFrameProps) => (
  <Modal
    opened={opened}
    onClose={onClose}
    title={title}
    closeOnEscape={closeOnEscape}
    closeOnClickOutside={false}
    withCloseButton={false}
    lockScroll={false}
    attributes={{ content: { 'data-ct-size': size } }}
    data-ct-dialog={opened || undefined}
  >
    {children}
  </Modal>
);
