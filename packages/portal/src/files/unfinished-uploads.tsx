import type { ResumableUpload } from '@casetalk/contract';
import { AddFilesButton, FileItem, FileList, formatFileSize, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useLanguage, useWords } from '../language/use-words.ts';
import { focusWhenThere } from '../page/focus-when-there.ts';
import { DiscardUpload } from './discard-upload.tsx';
import { isSameFile, isSameName } from './same-file.ts';
import type { UnfinishedPlace } from './unfinished-place.ts';
import { uploadElementId } from './upload-element.ts';
import classes from './unfinished-uploads.module.css';
import { type Unfinished, useUnfinished } from './use-unfinished.ts';

export interface UnfinishedUploadsProps {
  readonly place: UnfinishedPlace;
  /** Says of an upload's id whether this page is at work on it. */
  readonly isTaken: (id: string) => boolean;
  /** The same file was chosen again. */
  readonly onContinue: (file: File, upload: ResumableUpload) => void;
  /** Another file was chosen: it is a new upload. */
  readonly onOther: (file: File) => void;
  /** The button that has the focus once the last one is gone. */
  readonly addButtonId: string;
}

const bringIntoSight = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });
const rowId = (id: string): string => `unfinished-${id}`;

/** Uploads that a reload, a crash or another device left behind: how far each is, and the ways to go on and to give up. */
export function UnfinishedUploads({
  place,
  isTaken,
  onContinue,
  onOther,
  addButtonId,
}: UnfinishedUploadsProps) {
  const words = useWords();
  const announce = useAnnouncer();
  const found = useUnfinished(place, isTaken);
  const [notice, setNotice] = useState('');
  const [asking, setAsking] = useState<ResumableUpload | null>(null);

  const choose = async (upload: ResumableUpload, file: File) => {
    if (await isSameFile(file, upload)) {
      setNotice('');
      onContinue(file, upload);
      focusWhenThere(uploadElementId(upload.id));
      return;
    }
    const { name } = upload;
    const sentence = isSameName(file.name, name)
      ? words('files.unfinished.changed', { name })
      : words('files.unfinished.other', { chosen: file.name, name });
    setNotice(sentence);
    announce(sentence, 'assertive');
    onOther(file);
  };

  const discarded = ({ id, name }: ResumableUpload) => {
    const index = found.findIndex(({ upload }) => upload.id === id);
    const next = found[index + 1] ?? found[index - 1];
    setAsking(null);
    setNotice('');
    announce(words('files.unfinished.discarded', { name }));
    focusWhenThere(next ? rowId(next.upload.id) : addButtonId);
  };

  return (
    <>
      {found.length > 0 && (
        <div className={classes.root}>
          {notice !== '' && (
            <p key={notice} ref={bringIntoSight} className={classes.notice}>
              {notice}
            </p>
          )}
          <FileList label={words('files.unfinished.label')}>
            {found.map(({ upload, isElsewhere }) => (
              <Row
                key={upload.id}
                upload={upload}
                isElsewhere={isElsewhere}
                onChoose={(file) => void choose(upload, file)}
                onDiscard={() => setAsking(upload)}
              />
            ))}
          </FileList>
        </div>
      )}
      <DiscardUpload place={place} upload={asking} onCancel={() => setAsking(null)} onDiscarded={discarded} />
    </>
  );
}

interface RowProps extends Unfinished {
  readonly onChoose: (file: File) => void;
  readonly onDiscard: () => void;
}

function Row({ upload, isElsewhere, onChoose, onDiscard }: RowProps) {
  const words = useWords();
  const language = useLanguage();
  const { id, name, size, offset } = upload;
  const amounts = { here: formatFileSize(offset, language), size: formatFileSize(size, language) };
  return (
    <FileItem
      id={rowId(id)}
      name={name}
      kind="other"
      state={words(isElsewhere ? 'files.unfinished.elsewhere' : 'files.unfinished.state', amounts)}
      progress={isElsewhere ? undefined : offset / size}
      progressLabel={words('files.progress', { name })}
      actions={
        isElsewhere ? undefined : (
          <>
            <AddFilesButton
              label={words('files.unfinished.choose')}
              name={words('files.unfinished.chooseName', { name })}
              icon={IconFileUpload}
              size="sm"
              multiple={false}
              onFiles={([file]) => {
                if (file) onChoose(file);
              }}
            />
            <Button
              size="sm"
              variant="default"
              aria-label={words('files.unfinished.discardName', { name })}
              onClick={onDiscard}
            >
              {words('files.unfinished.discard')}
            </Button>
          </>
        )
      }
    />
  );
}
