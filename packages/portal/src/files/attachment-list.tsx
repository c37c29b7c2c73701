import type { Attachment } from '@casetalk/contract';
import { FileItem, FileList, type FileItemProps, formatFileSize } from '@casetalk/ui';
import { Anchor } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useLanguage, useWords } from '../language/use-words.ts';
import type { ThreadFile } from '../talk/conversation.ts';
import { AttachmentViewer } from './attachment-viewer.tsx';
import { previewWords } from './preview-words.ts';
import { addressOf, usePicture } from './use-file-bytes.ts';

/** Slots beside each file: the clinician's "Share File", the patient's "Shared with everyone on the case". */
export interface AttachmentSlots {
  readonly actions?: (attachment: Attachment) => ReactNode;
  readonly tag?: (attachment: Attachment) => ReactNode;
}

export interface AttachmentListProps extends AttachmentSlots {
  readonly attachments: readonly ThreadFile[];
}

const kinds: Readonly<Record<Attachment['kind'], FileItemProps['kind']>> = {
  image: 'image',
  pdf: 'pdf',
  document: 'document',
  video: 'video',
  dicom: 'image',
  model: 'other',
  archive: 'archive',
};

/** The files of a message; each opens in the viewer, never in a bare tab. */
export function AttachmentList({ attachments, actions, tag }: AttachmentListProps) {
  const words = useWords();
  const [openId, setOpenId] = useState<string | null>(null);
  if (attachments.length === 0) return null;
  return (
    <>
      <FileList label={words('files.sent')}>
        {attachments.map((attachment) => (
          <Row
            key={attachment.id}
            attachment={attachment}
            onOpen={() => setOpenId(attachment.id)}
            {...(actions ? { actions } : {})}
            {...(tag ? { tag } : {})}
          />
        ))}
      </FileList>
      <AttachmentViewer
        files={attachments}
        openId={openId}
        onOpen={setOpenId}
        onClose={() => setOpenId(null)}
      />
    </>
  );
}

interface RowProps extends AttachmentSlots {
  readonly attachment: ThreadFile;
  readonly onOpen: () => void;
}

function Row({ attachment, onOpen, actions, tag }: RowProps) {
  const words = useWords();
  const language = useLanguage();
  const { name, scan } = attachment;
  const infected = scan === 'infected';
  // Nobody gets a file's bytes before the scanner has looked at them.
  const closed = infected || scan === 'checking';
  const { url } = usePicture(attachment);
  const states = [
    scan === 'checking' || infected ? words(`files.scan.${scan}`) : null,
    closed ? null : previewWords(words, attachment),
  ].filter((part) => part !== null);

  return (
    <FileItem
      id={`file-${attachment.id}`}
      name={name}
      kind={kinds[attachment.kind]}
      size={formatFileSize(attachment.size, language)}
      thumbnailUrl={url}
      onOpen={closed ? undefined : onOpen}
      openName={words('files.openName', { name })}
      failed={infected}
      state={states.length > 0 ? states.join(' · ') : undefined}
      tag={tag?.(attachment)}
      actions={
        <>
          {actions?.(attachment)}
          {!closed && (
            <Anchor
              href={addressOf(attachment)}
              download={name}
              aria-label={words('files.downloadName', { name })}
            >
              {words('files.download')}
            </Anchor>
          )}
        </>
      }
    />
  );
}
