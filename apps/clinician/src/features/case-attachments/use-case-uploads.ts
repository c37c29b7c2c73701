import { limits, type ResumableUpload } from '@casetalk/contract';
import {
  answerOf,
  api,
  problemOf,
  problemWords,
  queryKeys,
  type SharedWords,
  unfinishedInCase,
  unfinishedOf,
  UploadHold,
  useWords,
} from '@casetalk/portal';
import { useAnnouncer } from '@casetalk/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type ClinicianWords, useClinicianWords } from '../../lib/words/use-clinician-words.ts';

/** One file on its way to the case. */
export interface CaseUpload {
  readonly id: string;
  /** The service's, of an upload that can be gone on with; null before it has begun and for small files. */
  readonly uploadId: string | null;
  readonly name: string;
  readonly file: File;
  readonly state: 'waiting' | 'uploading' | 'done' | 'failed';
  /** The share that is gone, 0 to 1. */
  readonly progress: number;
  /** The connection is lost; the upload goes on by itself. */
  readonly paused: boolean;
  /** Why it failed, as a sentence. */
  readonly reason: string | null;
  /** Whether sending the same file again can help. */
  readonly mayRetry: boolean;
}

export interface CaseUploads {
  readonly uploads: readonly CaseUpload[];
  /** @param begun the unfinished upload that the one file goes on with */
  readonly add: (files: readonly File[], begun?: ResumableUpload) => void;
  readonly cancel: (id: string) => void;
  readonly retry: (id: string) => void;
  /** Whether an upload of the service's is one of these, or was until it was cancelled. */
  readonly isTaken: (uploadId: string) => boolean;
}

/** Enough to use the line, few enough that each moves. */
const atOnce = 2;
/** A file that is in the list already needs no line of its own for long. */
const doneShownMs = 4000;

/** What is wrong with a file before a byte of it is sent. */
function refusalOf(file: File, t: ClinicianWords): string | null {
  if (file.size === 0) return t('attachments.uploads.errors.empty');
  if (file.size > limits.fileSize) return t('attachments.uploads.errors.large');
  return null;
}

function failureOf(
  error: unknown,
  t: ClinicianWords,
  shared: SharedWords,
): Pick<CaseUpload, 'reason' | 'mayRetry'> {
  const problem = problemOf(error);
  switch (problem.code) {
    case 'file-type-refused':
    case 'unsupported-media-type':
      return { reason: t('attachments.uploads.errors.type'), mayRetry: false };
    case 'too-large':
      return { reason: t('attachments.uploads.errors.large'), mayRetry: false };
    case 'file-empty':
      return { reason: t('attachments.uploads.errors.empty'), mayRetry: false };
    case 'storage-full':
      return { reason: t('attachments.uploads.errors.storage'), mayRetry: true };
    case 'quota-reached':
      return { reason: problemWords(shared, problem), mayRetry: true };
    default:
      return { reason: t('attachments.uploads.errors.failed'), mayRetry: true };
  }
}

/** Uploads to a case, two at a time, each with its progress, cancel and retry. Leaving the page ends them. */
export function useCaseUploads(caseId: string): CaseUploads {
  const t = useClinicianWords();
  const shared = useWords();
  const announce = useAnnouncer();
  const queries = useQueryClient();
  const [uploads, setUploads] = useState<readonly CaseUpload[]>([]);
  const running = useRef(new Map<string, AbortController>());
  const [taken] = useState(() => new Set<string>());
  const isTaken = useCallback((uploadId: string) => taken.has(uploadId), [taken]);

  const change = useCallback((id: string, to: Partial<CaseUpload>) => {
    setUploads((before) => before.map((upload) => (upload.id === id ? { ...upload, ...to } : upload)));
  }, []);
  const drop = useCallback((id: string) => {
    setUploads((before) => before.filter((upload) => upload.id !== id));
  }, []);

  const transmit = useCallback(
    async ({ id, uploadId, name, file }: CaseUpload): Promise<void> => {
      const abort = new AbortController();
      const { signal } = abort;
      const hold = new UploadHold();
      running.current.set(id, abort);
      change(id, { state: 'uploading', reason: null });
      const onBegun = (begun: string): void => {
        if (signal.aborted) return;
        hold.take(begun);
        taken.add(begun);
        change(id, { uploadId: begun });
      };
      try {
        const options = {
          signal,
          // Sent again after a lost answer, it is the same upload.
          idempotencyKey: id,
          onProgress: (progress: number) => change(id, { progress }),
        };
        const params = { caseId };
        if (file.size <= limits.resumableFrom) {
          await answerOf(api.upload('uploadCaseAttachment', { params }, file, options));
        } else {
          const known = uploadId ?? (await unfinishedOf(file, unfinishedInCase(caseId), isTaken, signal));
          if (known !== undefined) onBegun(known);
          await answerOf(
            api.uploadResumably('createCaseResumableUpload', { params }, file, {
              ...options,
              resume: known,
              onBegun,
              onPause(paused) {
                change(id, { paused });
                announce(
                  t(paused ? 'attachments.uploads.pausedNamed' : 'attachments.uploads.resumed', { name }),
                );
              },
            }),
          );
        }
        change(id, { state: 'done', progress: 1 });
        announce(t('attachments.uploads.finished', { name }));
        setTimeout(() => drop(id), doneShownMs);
        void queries.invalidateQueries({ queryKey: queryKeys.caseAttachments(caseId) });
        void queries.invalidateQueries({ queryKey: queryKeys.caseDetail(caseId) });
        void queries.invalidateQueries({ queryKey: queryKeys.caseUnfinished(caseId) });
      } catch (error) {
        if (abort.signal.aborted) return;
        const failure = failureOf(error, t, shared);
        change(id, { state: 'failed', paused: false, ...failure });
        announce(`${name}: ${failure.reason}`);
      } finally {
        hold.release();
        running.current.delete(id);
      }
    },
    [announce, caseId, change, drop, isTaken, queries, shared, t, taken],
  );

  useEffect(() => {
    const busy = uploads.filter((upload) => upload.state === 'uploading').length;
    const next = uploads.filter(({ id, state }) => state === 'waiting' && !running.current.has(id));
    for (const upload of next.slice(0, Math.max(0, atOnce - busy))) void transmit(upload);
  }, [transmit, uploads]);

  useEffect(() => {
    const ended = running.current;
    return () => {
      for (const abort of ended.values()) abort.abort();
    };
  }, []);

  async function giveUp(uploadId: string): Promise<void> {
    const result = await unfinishedInCase(caseId).discard(uploadId);
    if (!result.ok) taken.delete(uploadId);
    void queries.invalidateQueries({ queryKey: queryKeys.caseUnfinished(caseId) });
  }

  return {
    uploads,
    isTaken,
    add: (files, begun) => {
      if (begun) taken.add(begun.id);
      const fresh = files.map((file): CaseUpload => {
        const reason = refusalOf(file, t);
        return {
          id: begun?.id ?? crypto.randomUUID(),
          uploadId: begun?.id ?? null,
          name: begun?.name ?? file.name,
          file,
          state: reason === null ? 'waiting' : 'failed',
          progress: begun ? begun.offset / begun.size : 0,
          paused: false,
          reason,
          mayRetry: false,
        };
      });
      setUploads((before) => [...before, ...fresh]);
      const started = fresh.filter((upload) => upload.state === 'waiting').length;
      if (started > 0) announce(t('attachments.uploads.started', { count: started }));
      for (const { file, reason } of fresh) if (reason !== null) announce(`${file.name}: ${reason}`);
    },
    cancel: (id) => {
      const abort = running.current.get(id);
      abort?.abort();
      drop(id);
      const uploadId = uploads.find((upload) => upload.id === id)?.uploadId;
      // What is under way removes itself; what stopped would hold its room.
      if (!abort && uploadId) void giveUp(uploadId);
    },
    retry: (id) => change(id, { state: 'waiting', reason: null, progress: 0 }),
  };
}
