import { focusWhenThere, uploadElementId, useLanguage } from '@casetalk/portal';
import { FileItem, fileKindOf, FileList, formatFileSize } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import type { CaseUpload, CaseUploads } from './use-case-uploads.ts';
import classes from './upload-list.module.css';

interface UploadRowProps extends Pick<CaseUploads, 'cancel' | 'retry'> {
  readonly upload: CaseUpload;
  readonly onGone: () => void;
}

function UploadRow({ upload, cancel, retry, onGone }: UploadRowProps) {
  const t = useClinicianWords();
  const language = useLanguage();
  const { file, name, state } = upload;
  const size = formatFileSize(file.size, language);
  const words = {
    waiting: t('attachments.uploads.waiting'),
    uploading: t(upload.paused ? 'attachments.uploads.paused' : 'attachments.uploads.progress', {
      percent: Math.round(upload.progress * 100),
      size,
    }),
    done: t('attachments.uploads.done'),
    failed: upload.reason ?? '',
  } as const;
  const failed = state === 'failed';
  return (
    <FileItem
      id={uploadElementId(upload.id)}
      name={name}
      kind={fileKindOf(file.type)}
      state={words[state]}
      failed={failed}
      {...(state === 'uploading'
        ? {
            progress: upload.progress,
            progressLabel: t('attachments.uploads.barNamed', { name }),
          }
        : {})}
      actions={
        state === 'done' ? undefined : (
          <>
            {failed && upload.mayRetry && (
              <Button
                size="sm"
                variant="default"
                aria-label={t('attachments.uploads.retryNamed', { name })}
                onClick={() => retry(upload.id)}
              >
                {t('attachments.uploads.retry')}
              </Button>
            )}
            <Button
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t(failed ? 'attachments.uploads.dismissNamed' : 'attachments.uploads.cancelNamed', {
                name,
              })}
              onClick={() => {
                cancel(upload.id);
                onGone();
              }}
            >
              {failed ? t('attachments.uploads.dismiss') : t('attachments.uploads.cancel')}
            </Button>
          </>
        )
      }
    />
  );
}

interface UploadListProps {
  readonly uploads: CaseUploads;
  /** Where the focus goes when a line with the focus is gone. */
  readonly addButtonId: string;
}

/** Files on their way to the case. */
export function UploadList({ uploads, addButtonId }: UploadListProps) {
  const t = useClinicianWords();
  if (uploads.uploads.length === 0) return null;
  return (
    <div className={classes.root}>
      <FileList label={t('attachments.uploads.title')}>
        {uploads.uploads.map((upload) => (
          <UploadRow
            key={upload.id}
            upload={upload}
            cancel={uploads.cancel}
            retry={uploads.retry}
            onGone={() => focusWhenThere(addButtonId)}
          />
        ))}
      </FileList>
    </div>
  );
}
