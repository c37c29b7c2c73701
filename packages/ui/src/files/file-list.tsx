import type { ReactNode } from 'react';
import type { FileKind } from './file-kind.ts';
import classes from './file-list.module.css';
import { FileMark } from './file-mark.tsx';

/** Files under each other. `FileItem`s inside. */
export const FileList = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <ul className={classes.list} aria-label={label}>
    {children}
  </ul>
);

export interface FileItemProps {
  /** For the focus: after a removal, after a share. */
  readonly id?: string;
  readonly name: string;
  readonly kind: FileKind;
  /** "4.2 MB". */
  readonly size?: string;
  readonly thumbnailUrl?: string | undefined;
  /** Opens the viewer; the name is then a button. */
  readonly onOpen?: (() => void) | undefined;
  /** "View scan.bmp": the button's whole name. */
  readonly openName?: string;
  /** "Uploading", "Checking for viruses". */
  readonly state?: ReactNode;
  /** On a line of its own: "Shared with everyone on the case, 2:41 pm". */
  readonly tag?: ReactNode;
  readonly failed?: boolean;
  /** 0 to 1 while it is on its way; left out otherwise. */
  readonly progress?: number | undefined;
  /** "Upload of scan.bmp": the bar's name. It is not live. */
  readonly progressLabel?: string;
  /** Buttons with whole names: "Cancel upload of scan.bmp". */
  readonly actions?: ReactNode;
}

/** One file: what it is, how large, how it stands, and what one can do with it. */
export const FileItem = ({
  id,
  name,
  kind,
  size,
  thumbnailUrl,
  onOpen,
  openName,
  state,
  tag,
  failed = false,
  progress,
  progressLabel,
  actions,
}: FileItemProps) => (
  <li id={id} className={classes.item} tabIndex={id === undefined ? undefined : -1}>
    <FileMark kind={kind} thumbnailUrl={thumbnailUrl} />
    <div className={classes.words}>
      {onOpen === undefined ? (
        <span className={classes.name} dir="auto">
          {name}
        </span>
      ) : (
        <button type="button" className={classes.open} aria-label={openName} onClick={onOpen} dir="auto">
          {name}
        </button>
      )}
      <span className={classes.facts}>
        {size !== undefined && <span className={classes.size}>{size}</span>}
        {state !== undefined && (
          <span className={classes.state} data-failed={failed || undefined}>
            {state}
          </span>
        )}
      </span>
      {progress !== undefined && (
        <progress className={classes.progress} aria-label={progressLabel} max={100} value={progress * 100} />
      )}
    </div>
    {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    {tag && <div className={classes.tag}>{tag}</div>}
  </li>
);
