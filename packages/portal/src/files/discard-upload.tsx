import type { ResumableUpload } from '@casetalk/contract';
import { ConfirmDialog, formatDateTime, formatFileSize } from '@casetalk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, problemOf } from '../api/api-failure.ts';
import { useLanguage, useWords } from '../language/use-words.ts';
import type { UnfinishedPlace } from './unfinished-place.ts';

interface DiscardUploadProps {
  readonly place: UnfinishedPlace;
  /** Null while nothing is asked. */
  readonly upload: ResumableUpload | null;
  readonly onCancel: () => void;
  readonly onDiscarded: (upload: ResumableUpload) => void;
}

/** It was finished, given up or forgotten meanwhile. */
const isOver = new Set(['not-found', 'state-conflict']);

/** Asks before what has arrived of an upload is thrown away. */
export function DiscardUpload({ place, upload, onCancel, onDiscarded }: DiscardUploadProps) {
  const words = useWords();
  const language = useLanguage();
  const client = useQueryClient();
  const discard = useMutation({
    async mutationFn({ id }: ResumableUpload) {
      try {
        await answerOf(place.discard(id));
      } catch (error) {
        if (!isOver.has(problemOf(error).code)) throw error;
      }
      await client.invalidateQueries({ queryKey: place.key });
    },
    onSuccess: (_answer, gone) => onDiscarded(gone),
  });
  return (
    <ConfirmDialog
      opened={upload !== null}
      title={words('files.unfinished.discard.title', { name: upload?.name ?? '' })}
      detail={
        upload &&
        words('files.unfinished.discard.detail', {
          here: formatFileSize(upload.offset, language),
          time: formatDateTime(upload.expiresAt, language),
        })
      }
      confirmLabel={words('files.unfinished.discard')}
      cancelLabel={words('files.unfinished.discard.keep')}
      busy={discard.isPending}
      busyLabel={words('files.unfinished.discard.busy')}
      dangerous
      error={discard.isError ? words('files.unfinished.discard.failed') : undefined}
      onCancel={() => {
        discard.reset();
        onCancel();
      }}
      onConfirm={() => {
        if (upload) discard.mutate(upload);
      }}
    />
  );
}
