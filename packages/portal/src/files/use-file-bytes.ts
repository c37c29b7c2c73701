import type { Attachment } from '@casetalk/contract';
import { useQuery } from '@tanstack/react-query';
import { answerOf } from '../api/api-failure.ts';
import { api } from '../api/client.ts';
import { useBlobUrl } from './use-blob-url.ts';

/** What browsers draw by themselves. */
const pictureTypes = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/bmp']);

/** A file with bytes behind an address of the API; a file of a talk unless it says otherwise. */
export interface StoredFile extends Pick<Attachment, 'id' | 'name' | 'mediaType' | 'kind' | 'size' | 'scan'> {
  /** `case`: it stands in a case's Attachments. */
  readonly from?: 'talk' | 'case';
  /** It is read by this emergency access. */
  readonly grantId?: string;
}

/** Pictures larger than this are only downloaded. */
const largestShown = 40_000_000;
/** Thumbnails come from the whole file, so only small ones are worth it. */
const largestThumbnail = 6_000_000;

export const isPicture = (file: StoredFile): boolean =>
  pictureTypes.has(file.mediaType) && file.scan !== 'infected';
export const isShown = (file: StoredFile): boolean => isPicture(file) && file.size <= largestShown;
export const hasThumbnail = (file: StoredFile): boolean => isPicture(file) && file.size <= largestThumbnail;

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
    return answerOf(api.download('downloadBreakGlassAttachment', { params }, { signal }));
  }
  return answerOf(
    from === 'case'
      ? api.download('downloadCaseAttachment', { params: { caseAttachmentId: id } }, { signal })
      : api.download('downloadAttachment', { params: { attachmentId: id } }, { signal }),
  );
}

/** A picture of a file as a blob's address, or undefined while there is none. */
export function usePicture(file: StoredFile | undefined, wanted: boolean) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['bytes', file?.grantId ?? file?.from ?? 'talk', file?.id ?? ''],
    queryFn: ({ signal }) => (file ? load(file, signal) : Promise.reject(new Error('No file'))),
    enabled: wanted && file !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  const url = useBlobUrl(wanted ? data : null);
  return { url, error, loading: wanted && (isPending || (data !== undefined && url === undefined)), refetch };
}
