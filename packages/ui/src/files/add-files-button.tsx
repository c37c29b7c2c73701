import { Button } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useRef } from 'react';
import { Icon } from '../icon/icon.tsx';
import type { IconDrawing } from '../icon/icon.tsx';

export interface AddFilesButtonProps {
  /** For the focus, when the last file was removed. */
  readonly id?: string;
  /** "Add files". */
  readonly label: string;
  /** The button's whole name, where several are alike: "Choose file to continue: scan.zip". */
  readonly name?: string;
  readonly size?: 'sm';
  readonly onFiles: (files: readonly File[]) => void;
  /** As the `accept` of a file input. */
  readonly accept?: string;
  readonly multiple?: boolean;
  /** Opens the camera instead; for phones. */
  readonly capture?: 'environment' | 'user';
  readonly icon?: IconDrawing;
}

/** The platform's own way to choose files, behind a button with words. */
export const AddFilesButton = ({
  id,
  label,
  name,
  size,
  onFiles,
  accept,
  multiple = true,
  capture,
  icon = IconPaperclip,
}: AddFilesButtonProps) => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        {...(id === undefined ? {} : { id })}
        {...(size === undefined ? {} : { size })}
        aria-label={name}
        variant="default"
        leftSection={<Icon of={icon} {...(size === undefined ? {} : { size })} />}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={multiple}
        accept={accept}
        capture={capture}
        aria-label={name ?? label}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file may be chosen again after it was removed.
          event.currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
};
