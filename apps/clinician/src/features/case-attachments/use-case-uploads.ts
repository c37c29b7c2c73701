import { limits } from '@casetalk/contract';
import {
  answerOf,
  api,
  problemOf,
  problemWords,
  queryKeys,
  type SharedWords,
  uploadMemoryOf,
  useClinicianMe,
  useWords,
} from '@casetalk/portal';
import { useAnnouncer } from '@casetalk/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type ClinicianWords, useClinicianWords } from '../../lib/words/use-clinician-words.ts';

/** One file on its way to the case. */
export interface CaseUpload {
  readonly id: string;
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
  readonly add: (files: readonly File[]) => void;
  readonly cancel: (id: string) => void;
  readonly retry: (id: string) => void;
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
  const me = useClinicianMe();
  const announce = useAnnouncer();
  const queries = useQueryClient();
  const [uploads, setUploads] = useState<readonly CaseUpload[]>([]);
  const running = useRef(new Map<string, AbortController>());

  const change = useCallback((id: string, to: Partial<CaseUpload>) => {
    setUploads((before) => before.map((upload) => (upload.id === id ? { ...upload, ...to } : upload)));
  }, []);
  const drop = useCallback((id: string) => {
    setUploads((before) => before.filter((upload) => upload.id !== id));
  }, []);

  const transmit = useCallback(
    async ({ id, file }: CaseUpload): Promise<void> => {
      const abort = new AbortController();
      running.current.set(id, abort);
      change(id, { state: 'uploading', progress: 0, reason: null });
      try {
        const options = {
          signal: abort.signal,
          // Sent again after a lost answer, it is the same upload.
          idempotencyKey: id,
          onProgress: (progress: number) => change(id, { progress }),
        };
        const params = { caseId };
        if (file.size <= limits.resumableFrom) {
          await answerOf(api.upload('uploadCaseAttachment', { params }, file, options));
        } else {
          await answerOf(
            api.uploadResumably('createCaseResumableUpload', { params }, file, {
              ...options,
              memory: uploadMemoryOf(me.id),
              onPause(paused) {
                change(id, { paused });
                const { name } = file;
                announce(
                  t(paused ? 'attachments.uploads.pausedNamed' : 'attachments.uploads.resumed', { name }),
                );
              },
            }),
          );
        }
        change(id, { state: 'done', progress: 1 });
        announce(t('attachments.uploads.finished', { name: file.name }));
        setTimeout(() => drop(id), doneShownMs);
        void queries.invalidateQueries({ queryKey: queryKeys.caseAttachments(caseId) });
        void queries.invalidateQueries({ queryKey: queryKeys.caseDetail(caseId) });
      } catch (error) {
        if (abort.signal.aborted) return;
        const failure = failureOf(error, t, shared);
        change(id, { state: 'failed', paused: false, ...failure });
        announce(`${file.name}: ${failure.reason}`);
      } finally {
        running.current.delete(id);
      }
    },
    [announce, caseId, change, drop, me.id, queries, shared, t],
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

  return {
    uploads,
    add: (files) => {
      const fresh = files.map((file): CaseUpload => {
        const reason = refusalOf(file, t);
        return {
          id: crypto.randomUUID(),
          file,
          state: reason === null ? 'waiting' : 'failed',
          progress: 0,
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
      running.current.get(id)?.abort();
      drop(id);
    },
    retry: (id) => change(id, { state: 'waiting', reason: null, progress: 0 }),
  };
}
