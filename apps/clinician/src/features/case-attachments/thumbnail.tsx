import type { CaseAttachment } from '@casetalk/contract';
import { hasThumbnail, type StoredFile, usePicture } from '@casetalk/portal';
import { FileMark, fileKindOf } from '@casetalk/ui';

/** A case's file as the shared viewer knows files. */
export const storedFile = (file: CaseAttachment): StoredFile => ({ ...file, from: 'case' });

/** A file's small picture where there is one to show, else its kind's icon. */
export function Thumbnail({ file }: { readonly file: CaseAttachment }) {
  const stored = storedFile(file);
  const { url } = usePicture(stored, hasThumbnail(stored) && file.scan !== 'checking');
  return <FileMark kind={fileKindOf(file.mediaType)} thumbnailUrl={url} />;
}
