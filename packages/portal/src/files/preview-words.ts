import type { Attachment } from '@casetalk/contract';
import type { SharedWords } from '../language/use-words.ts';

type Previewed = Pick<Attachment, 'kind' | 'mediaType' | 'preview' | 'pages'>;

/** Kinds that people expect to see: of others nobody misses a preview. */
const isExpected = ({ kind }: Previewed): boolean => kind === 'image' || kind === 'pdf';

/** A GIF's or WebP's pages are frames, which nobody counts. */
const hasPages = ({ kind, mediaType }: Previewed): boolean => kind === 'pdf' || mediaType === 'image/tiff';

/** How a file's preview stands, where that is worth saying; null when the preview speaks for itself. */
export function previewWords(words: SharedWords, file: Previewed): string | null {
  if (file.preview === 'making') return words('files.preview.making');
  if (file.preview === 'none') return isExpected(file) ? words('files.preview.none') : null;
  return hasPages(file) && file.pages !== null && file.pages > 1
    ? words('files.preview.pages', { count: file.pages })
    : null;
}

/** What the viewer says of a file that it shows a part of; undefined when it shows all. */
export const partShown = (words: SharedWords, file: Previewed | undefined): string | undefined =>
  file?.preview === 'ready' && hasPages(file) && file.pages !== null && file.pages > 1
    ? words('viewer.firstPage', { count: file.pages })
    : undefined;
