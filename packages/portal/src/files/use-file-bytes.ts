import type { Attachment } from '@casetalk/contract';
import { useQuery } from '@tanstack/react-query';
import { answerOf } from '../api/api-failure.ts';
import { api } from '../api/client.ts';
import { useBlobUrl } from './use-blob-url.ts';

/** A file with bytes behind an address of the API; a file of a talk unless it says otherwise. */
export interface StoredFile
  extends Pick<Attachment, 'id' | 'name' | 'mediaType' | 'kind' | 'size' | 'scan' | 'preview' | 'pages'> {
  /** `case`: it stands in a case's Attachments. */
  readonly from?: 'talk' | 'case';
  /** It is read by this emergency access. */
  readonly grantId?: string;
}

/** There is a picture that shows the file, which may be opened. */
export const isShown = ({ preview, scan }: StoredFile): boolean =>
  preview === 'ready' && scan !== 'infected' && scan !== 'checking';

/** Where a file's bytes are downloaded from, with the name it was sent with. */
export function addressOf({ id, from, grantId }: StoredFile): string {
  if (grantId !== undefined) {
    return api.fileUrl('downloadBreakGlassAttachment', { params: { grantId, attachmentId: id } });
  }
  return from === 'case'
    ? api.fileUrl('downloadCaseAttachment', { params: { caseAttachmentId: id } })
    : api.fileUrl('downloadAttachment', { params: { attachmentId: id } });
}

function load({ id, from, grantId }: StoredFile, signal: AbortSignal): Promise<Blob> {
  if (grantId !== undefined) {
    const params = { grantId, attachmentId: id };
    return answerOf(api.download('previewBreakGlassAttachment', { params }, { signal }));
  }
  return answerOf(
    from === 'case'
      ? api.download('previewCaseAttachment', { params: { caseAttachmentId: id } }, { signal })
      : api.download('previewAttachment', { params: { attachmentId: id } }, { signal }),
  );
}

/** The picture that shows a file as a blob's address, or undefined while there is none. */
export function usePicture(file: StoredFile | undefined) {
  const wanted = file !== undefined && isShown(file);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['preview', file?.grantId ?? file?.from ?? 'talk', file?.id ?? ''],
    queryFn: ({ signal }) => (file ? load(file, signal) : Promise.reject(new Error('No file'))),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  const url = useBlobUrl(wanted ? data : null);
  return { url, error, loading: wanted && (isPending || (data !== undefined && url === undefined)), refetch };
}
