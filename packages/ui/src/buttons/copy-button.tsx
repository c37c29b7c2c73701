import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useAnnouncer } from '../announcer/announcer.tsx';
import { Icon } from '../icon/icon.tsx';

export interface CopyButtonProps {
  readonly value: string;
  /** "Copy". */
  readonly label: string;
  /** "Copied": on the button for a while, and announced. */
  readonly copiedLabel: string;
  /** "Select the text and copy it yourself.": announced where the browser refuses. */
  readonly failedLabel: string;
  /** The whole name, when the label alone does not say what is copied: "Copy the link". */
  readonly name?: string;
}

const shownMs = 3000;

/** Puts a text on the clipboard and says so. */
export const CopyButton = ({ value, label, copiedLabel, failedLabel, name }: CopyButtonProps) => {
  const announce = useAnnouncer();
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <Button
      variant="default"
      size="sm"
      leftSection={<Icon of={copied ? IconCheck : IconCopy} size="sm" />}
      {...(name !== undefined && !copied ? { 'aria-label': name } : {})}
      onClick={async () => {
        try {
          await navigator.clipboard.writeText(value);
          setCopied(true);
          announce(copiedLabel);
        } catch {
          announce(failedLabel, 'assertive');
        }
      }}
    >
      {copied ? copiedLabel : label}
    </Button>
  );
};
