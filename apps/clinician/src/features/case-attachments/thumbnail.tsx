import type { CaseAttachment } from '@casetalk/contract';
import { type StoredFile, usePicture } from '@casetalk/portal';
import { FileMark, fileKindOf } from '@casetalk/ui';

/** A case's file as the shared viewer knows files. */
export const storedFile = (file: CaseAttachment): StoredFile => ({ ...file, from: 'case' });

/** A file's small picture where there is one to show, else its kind's icon. */
export function Thumbnail({ file }: { readonly file: CaseAttachment }) {
  const stored = storedFile(file);
  const { url } = usePicture(stored);
  return <FileMark kind={fileKindOf(file.mediaType)} thumbnailUrl={url} />;
}
