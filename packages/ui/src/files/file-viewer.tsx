import { ActionIcon, Button } from '@mantine/core';
import {
  IconArrowsMinimize,
  IconChevronLeft,
  IconChevronRight,
  IconDownload,
  IconFile,
  IconX,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useEffect } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useAnnouncer } from '../announcer/announcer.tsx';
import { DialogFrame } from '../dialogs/dialog-frame.tsx';
import { Icon } from '../icon/icon.tsx';
import type { IconDrawing } from '../icon/icon.tsx';
import { EmptyState } from '../page/empty-state.tsx';
import classes from './file-viewer.module.css';
import { useZoom } from './use-zoom.ts';
import type { Zoom } from './use-zoom.ts';

export interface ViewableFile {
  readonly id: string;
  readonly name: string;
  /** A picture's address on our own origin or a blob's; left out when there is no picture to show. */
  readonly imageUrl?: string | undefined;
  /** Something else that shows it, such as the pages of a PDF. */
  readonly preview?: ReactNode;
  /** What the picture does not tell, such as how many pages there are. */
  readonly note?: string | undefined;
  /** Nobody may have its bytes now: it is not offered for download. */
  readonly closed?: boolean | undefined;
  /** It is on its way: neither a picture nor "No preview" is right yet. */
  readonly loading?: boolean;
}

export interface FileViewerWords {
  readonly close: string;
  readonly previous: string;
  readonly next: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  /** "Fit to window". */
  readonly fit: string;
  readonly download: string;
  /** "2 of 5". */
  readonly position: (position: number, total: number) => string;
  /** "There is no preview of this file". */
  readonly noPreview: string;
  /** "Download it to open it on your device." */
  readonly noPreviewDetail: string;
  readonly loading: string;
}

export interface FileViewerProps {
  readonly files: readonly ViewableFile[];
  /** The id of the file that is shown; null closes the viewer. */
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
  readonly onDownload: (id: string) => void;
  readonly words: FileViewerWords;
}

interface ToolProps {
  readonly label: string;
  readonly drawing: IconDrawing;
  readonly onClick: () => void;
  readonly off?: boolean;
}

/** Never disabled, so that the focus is not lost at the end of the row; only said to be. */
const Tool = ({ label, drawing, onClick, off = false }: ToolProps) => (
  <ActionIcon
    color="gray"
    aria-label={label}
    title={label}
    aria-disabled={off || undefined}
    onClick={() => {
      if (!off) onClick();
    }}
  >
    <Icon of={drawing} />
  </ActionIcon>
);

interface StageProps {
  readonly file: ViewableFile;
  readonly zoom: Zoom;
  readonly words: FileViewerWords;
}

const Stage = ({ file, zoom, words }: StageProps) => {
  if (file.loading === true) return <p aria-busy="true">{words.loading}</p>;
  if (file.preview !== undefined) return file.preview;
  if (file.imageUrl === undefined) {
    return <EmptyState icon={IconFile} title={words.noPreview} detail={words.noPreviewDetail} />;
  }
  const size = `${zoom.factor * 100}%`;
  return (
    <img
      className={classes.picture}
      src={file.imageUrl}
      alt={file.name}
      style={{ width: size, height: size }}
    />
  );
};

interface ViewProps extends Omit<FileViewerProps, 'openId'> {
  readonly file: ViewableFile;
  readonly position: number;
}

const View = ({ file, files, position, onOpen, onClose, onDownload, words }: ViewProps) => {
  const zoom = useZoom();
  const announce = useAnnouncer();
  const where = words.position(position + 1, files.length);
  const before = files[position - 1];
  const after = files[position + 1];
  const isPicture = file.imageUrl !== undefined && file.preview === undefined;
  const said = `${file.name}, ${where}`;

  useEffect(() => announce(said), [announce, said]);

  const open = (target: ViewableFile | undefined) => {
    if (target === undefined) return;
    zoom.fit();
    onOpen(target.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft' && zoom.factor === 1) open(before);
    else if (event.key === 'ArrowRight' && zoom.factor === 1) open(after);
    else if (event.key === '+' || event.key === '=') zoom.grow();
    else if (event.key === '-') zoom.shrink();
    else if (event.key === '0') zoom.fit();
  };

  return (
    // The keys are shortcuts for buttons that are all there.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={classes.root} onKeyDown={onKeyDown}>
      <div className={classes.bar}>
        <p className={classes.name} dir="auto">
          {file.name}
        </p>
        {files.length > 1 && <span className={classes.where}>{where}</span>}
        <div className={classes.tools}>
          {isPicture && (
            <>
              <Tool label={words.zoomOut} drawing={IconZoomOut} off={!zoom.canShrink} onClick={zoom.shrink} />
              <Tool label={words.zoomIn} drawing={IconZoomIn} off={!zoom.canGrow} onClick={zoom.grow} />
              <Tool label={words.fit} drawing={IconArrowsMinimize} off={!zoom.canShrink} onClick={zoom.fit} />
            </>
          )}
          {!file.closed && (
            <Button
              variant="default"
              size="sm"
              leftSection={<Icon of={IconDownload} size="sm" />}
              onClick={() => onDownload(file.id)}
            >
              {words.download}
            </Button>
          )}
          <Tool label={words.close} drawing={IconX} onClick={onClose} />
        </div>
      </div>
      {/* A picture larger than the window is moved with the arrow keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={classes.stage} aria-label={file.name} tabIndex={0} data-autofocus>
        <Stage file={file} zoom={zoom} words={words} />
      </section>
      {file.note !== undefined && <p className={classes.note}>{file.note}</p>}
      {files.length > 1 && (
        <div className={classes.turn}>
          <Tool
            label={words.previous}
            drawing={IconChevronLeft}
            off={before === undefined}
            onClick={() => open(before)}
          />
          <Tool
            label={words.next}
            drawing={IconChevronRight}
            off={after === undefined}
            onClick={() => open(after)}
          />
        </div>
      )}
    </div>
  );
};

/** Files over the whole window, one at a time: never in a bare tab of our origin. */
export const FileViewer = ({ openId, files, onClose, ...rest }: FileViewerProps) => {
  const position = files.findIndex((file) => file.id === openId);
  const file = files[position];
  return (
    <DialogFrame opened={file !== undefined} onClose={onClose} title={file?.name ?? ''} size="full">
      {file !== undefined && (
        <View {...rest} files={files} file={file} position={position} onClose={onClose} />
      )}
    </DialogFrame>
  );
};
