import { IconUpload } from '@tabler/icons-react';
import { Icon } from '../icon/icon.tsx';
import classes from './drop-zone.module.css';
import { useFileDrop } from './use-file-drop.ts';

export interface DropZoneProps {
  /** "Drop files to add them to your message". */
  readonly label: string;
  /** "Only you and Dr Chen will see them." */
  readonly hint?: string;
  readonly onFiles: (files: readonly File[]) => void;
  /** Whether files can be taken now. */
  readonly enabled?: boolean;
}

/** A bonus beside the button: drop files anywhere on the page, or paste them. Seen while one drags. */
export const DropZone = ({ label, hint, onFiles, enabled = true }: DropZoneProps) => {
  const over = useFileDrop(onFiles, enabled);
  if (!over) return null;
  return (
    <div className={classes.veil}>
      <div className={classes.target}>
        <Icon of={IconUpload} size="xl" />
        <p className={classes.label}>{label}</p>
        {hint !== undefined && <p>{hint}</p>}
      </div>
    </div>
  );
};
