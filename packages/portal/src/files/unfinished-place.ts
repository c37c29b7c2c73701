import type { Result } from '@casetalk/client';
import type { ResumableUpload } from '@casetalk/contract';
import type { QueryKey } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { queryKeys } from '../queries/query-keys.ts';

/** Where large files of the signed-in person are on their way to: a talk or a case. The service's list is the truth. */
export interface UnfinishedPlace {
  readonly key: QueryKey;
  list(signal: AbortSignal): Promise<Result<{ readonly data: readonly ResumableUpload[] }>>;
  /** Gives an upload up, with all that has arrived of it. */
  discard(resumableUploadId: string): Promise<Result<unknown>>;
}

const discard: UnfinishedPlace['discard'] = (resumableUploadId) =>
  api.removeResumableUpload({ params: { resumableUploadId } });

/** Unfinished uploads to a talk. */
export const unfinishedInTalk = (talkId: string): UnfinishedPlace => ({
  key: queryKeys.talkUnfinished(talkId),
  list: (signal) => api.listTalkResumableUploads({ params: { talkId } }, { signal }),
  discard,
});

/** Unfinished uploads to a case. */
export const unfinishedInCase = (caseId: string): UnfinishedPlace => ({
  key: queryKeys.caseUnfinished(caseId),
  list: (signal) => api.listCaseResumableUploads({ params: { caseId } }, { signal }),
  discard,
});
