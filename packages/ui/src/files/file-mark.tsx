import {
  IconFile,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconMusic,
  IconPhoto,
  IconTable,
  IconVideo,
} from '@tabler/icons-react';
import { Icon } from '../icon/icon.tsx';
import type { IconDrawing } from '../icon/icon.tsx';
import type { FileKind } from './file-kind.ts';
import classes from './file-mark.module.css';

const drawings: Readonly<Record<FileKind, IconDrawing>> = {
  image: IconPhoto,
  pdf: IconFileTypePdf,
  document: IconFileText,
  sheet: IconTable,
  video: IconVideo,
  audio: IconMusic,
  archive: IconFileZip,
  other: IconFile,
};

export interface FileMarkProps {
  readonly kind: FileKind;
  /** A small picture of it, from our own origin or a blob. */
  readonly thumbnailUrl?: string | undefined;
}

/** A file's small picture or its kind's icon; decorative, its name stands beside it. */
export const FileMark = ({ kind, thumbnailUrl }: FileMarkProps) => (
  <span className={classes.root}>
    {thumbnailUrl === undefined ? (
      <Icon of={drawings[kind]} size="lg" />
    ) : (
      <img
        className={classes.picture}
        data-page={kind === 'pdf' || undefined}
        src={thumbnailUrl}
        alt=""
        loading="lazy"
        decoding="async"
      />
    )}
  </span>
);
