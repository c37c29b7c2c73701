import { FileViewer } from '@casetalk/ui';
import { useLanguage, useWords } from '../language/use-words.ts';
import { TryAgain } from '../page/try-again.tsx';
import { downloadFile } from './download-file.ts';
import { partShown } from './preview-words.ts';
import { type StoredFile, usePicture } from './use-file-bytes.ts';

export interface AttachmentViewerProps {
  readonly files: readonly StoredFile[];
  /** Null closes it. */
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

/** Files of a talk or a case over the whole window: shown by their previews, everything else offered for download. */
export function AttachmentViewer({ files, openId, onOpen, onClose }: AttachmentViewerProps) {
  const words = useWords();
  const language = useLanguage();
  const open = files.find((file) => file.id === openId);
  const picture = usePicture(open);
  const number = new Intl.NumberFormat(language);

  return (
    <FileViewer
      files={files.map((file) => ({
        id: file.id,
        name: file.name,
        imageUrl: file.id === openId ? picture.url : undefined,
        closed: isClosed(file),
        note: file.id === openId ? partShown(words, file) : undefined,
        loading: file.id === openId && picture.loading && !picture.error,
        preview:
          file.id === openId && picture.error ? (
            <TryAgain
              title={words('viewer.failed')}
              error={picture.error}
              onRetry={() => void picture.refetch()}
            />
          ) : undefined,
      }))}
      openId={openId}
      onOpen={onOpen}
      onClose={onClose}
      onDownload={(id) => {
        const file = files.find((one) => one.id === id);
        if (file) downloadFile(file);
      }}
      words={{
        close: words('page.close'),
        previous: words('viewer.previous'),
        next: words('viewer.next'),
        zoomIn: words('viewer.zoomIn'),
        zoomOut: words('viewer.zoomOut'),
        fit: words('viewer.fit'),
        download: words('files.download'),
        position: (position, total) =>
          words('viewer.title', { position: number.format(position), total: number.format(total) }),
        noPreview: words(open?.preview === 'making' ? 'viewer.making' : 'viewer.none'),
        noPreviewDetail: words(detailOf(open)),
        loading: words('page.loading'),
      }}
    />
  );
}

/** Nobody gets a file's bytes before the scanner has looked at them, nor when it found something. */
const isClosed = ({ scan }: StoredFile): boolean => scan === 'infected' || scan === 'checking';

function detailOf(
  file: StoredFile | undefined,
): 'viewer.infected' | 'problem.file-checking' | 'viewer.makingDetail' | 'viewer.noneDetail' {
  if (file?.scan === 'infected') return 'viewer.infected';
  if (file?.scan === 'checking') return 'problem.file-checking';
  return file?.preview === 'making' ? 'viewer.makingDetail' : 'viewer.noneDetail';
}
