import { FileItem, FileList, fileKindOf, formatFileSize, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useLanguage, useWords } from '../language/use-words.ts';
import { uploadElementId } from './upload-element.ts';
import { useBlobUrl } from './use-blob-url.ts';
import type { UploadItem, UploadQueue } from './upload-queue.ts';
import { mayRetry, uploadState } from './upload-words.ts';

/** Pictures that a browser draws straight from the device. */
const drawn = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/bmp']);

export interface UploadListProps {
  readonly queue: UploadQueue;
  readonly items: readonly UploadItem[];
  /** The button that has the focus once the last file is removed. */
  readonly addButtonId: string;
}

/** The files of a message while it is written, each with its progress and the way to stop, repeat or remove it. */
export function UploadList({ queue, items, addButtonId }: UploadListProps) {
  const words = useWords();
  const announce = useAnnouncer();

  const remove = async (item: UploadItem) => {
    const index = items.indexOf(item);
    const next = items[index + 1] ?? items[index - 1];
    const gone = await queue.remove(item.id);
    if (!gone) {
      announce(words('files.error.remove', { name: item.name }), 'assertive');
      return;
    }
    announce(words('files.announce.removed', { name: item.name }));
    document.getElementById(next ? uploadElementId(next.id) : addButtonId)?.focus();
  };

  if (items.length === 0) return null;
  return (
    <FileList label={words('files.label')}>
      {items.map((item) => (
        <UploadRow key={item.id} item={item} queue={queue} onRemove={() => void remove(item)} />
      ))}
    </FileList>
  );
}

interface UploadRowProps {
  readonly item: UploadItem;
  readonly queue: UploadQueue;
  readonly onRemove: () => void;
}

function UploadRow({ item, queue, onRemove }: UploadRowProps) {
  const words = useWords();
  const language = useLanguage();
  const thumbnail = useBlobUrl(item.file && drawn.has(item.file.type) ? item.file : null);
  const onItsWay = item.state === 'waiting' || item.state === 'uploading';
  const { name } = item;
  return (
    <FileItem
      id={uploadElementId(item.id)}
      name={name}
      kind={fileKindOf(item.mediaType)}
      size={formatFileSize(item.size, language)}
      thumbnailUrl={thumbnail}
      state={uploadState(words, item)}
      failed={item.state === 'failed'}
      progress={onItsWay ? item.progress : undefined}
      progressLabel={words('files.progress', { name })}
      actions={
        <>
          {mayRetry(item) && (
            <Button
              size="sm"
              variant="default"
              aria-label={words('files.retryName', { name })}
              onClick={() => queue.retry(item.id)}
            >
              {words('files.retry')}
            </Button>
          )}
          <Button
            size="sm"
            variant="default"
            aria-label={words(onItsWay ? 'files.cancelName' : 'files.removeName', { name })}
            onClick={onRemove}
          >
            {words(onItsWay ? 'files.cancel' : 'files.remove')}
          </Button>
        </>
      }
    />
  );
}
