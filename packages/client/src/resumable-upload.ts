/// <reference lib="dom" />
import { type Endpoint, endpoints, idempotencyHeader } from '@casetalk/contract';
import type { DetailedError, Upload } from 'tus-js-client';
import { fingerprintOf } from './fingerprint.ts';
import { newIdempotencyKey } from './idempotency-key.ts';
import { type AnyInput, type ClientSettings, headersOf, urlOf } from './request.ts';
import { failureOf, type Result, unreachable } from './result.ts';
import type { UploadOptions } from './upload.ts';

export interface ResumableOptions extends UploadOptions {
  /** An unfinished upload of this file, to go on with: its id. When it is over by now, the file begins anew. */
  readonly resume?: string | undefined;
  /** Told the id of the upload as soon as there is one, and of the other when it had to begin anew. */
  readonly onBegun?: (resumableUploadId: string) => void;
  /** Told when the connection is lost and the upload waits, and when it goes on. */
  readonly onPause?: (isPaused: boolean) => void;
}

/** What is sent in one request, in bytes: what the API keeps at once. */
const chunkSize = 16 * 1024 * 1024;
/** A connection on which nothing has left for this long, in milliseconds, is taken for lost. */
const stallTime = 60_000;
const longestWait = 30_000;

/**
 * Uploads a file by the tus protocol. A lost connection only pauses it: it goes on by itself when the browser is online
 * again, and otherwise after a while, at most half a minute. Ends when the file is whole, when the API refuses it, or when
 * the caller aborts, which removes what has arrived.
 * @returns the address of the finished upload
 * @throws what the signal was aborted with
 */
export async function uploadResumably(
  settings: ClientSettings,
  endpoint: Endpoint,
  input: AnyInput,
  file: File,
  { signal, onProgress, onPause, onBegun, resume, idempotencyKey }: ResumableOptions,
): Promise<Result<string>> {
  const { Upload: TusUpload } = await import('tus-js-client');
  const fingerprint = await fingerprintOf(file);
  signal?.throwIfAborted();
  const address = urlOf(settings, endpoint, input);
  const known =
    resume && urlOf(settings, endpoints.getResumableUpload, { params: { resumableUploadId: resume } });
  const headers = headersOf(settings, endpoint, {});
  headers.delete(idempotencyHeader);
  let key = idempotencyKey ?? newIdempotencyKey();

  return new Promise((resolve, reject) => {
    let failures = 0;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let stall: ReturnType<typeof setTimeout> | undefined;
    let isPaused = false;

    const upload: Upload = new TusUpload(file, {
      endpoint: address,
      ...(known ? { uploadUrl: known } : {}),
      headers: Object.fromEntries(headers),
      metadata: { filename: file.name, ...(fingerprint ? { fingerprint } : {}) },
      chunkSize,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onBeforeRequest(request) {
        if (request.getMethod() === 'POST') request.setHeader(idempotencyHeader, key);
        watch();
      },
      onAfterResponse(request, response) {
        if (request.getMethod() !== 'HEAD') return;
        const status = response.getStatus();
        // What was begun is over or gone: the next beginning is another one.
        if (status === 404) key = newIdempotencyKey();
        // Whoever cannot say now where the upload stands is asked again: it need not begin anew.
        if (passing(status)) throw new Error(`HTTP ${status}`);
      },
      onUploadUrlAvailable: () => onBegun?.(idOf(upload)),
      onProgress(sent, total) {
        failures = 0;
        pause(false);
        watch();
        onProgress?.(sent / total);
      },
      onSuccess() {
        end();
        resolve({ ok: true, status: 204, data: upload.url ?? '', headers: new Headers() });
      },
      onError(error) {
        clearTimeout(stall);
        const refusal = refusalOf(error as DetailedError);
        if (!refusal) return wait();
        end();
        resolve(refusal);
      },
    });

    function pause(now: boolean): void {
      if (now === isPaused) return;
      isPaused = now;
      onPause?.(now);
    }

    function watch(): void {
      clearTimeout(stall);
      stall = setTimeout(() => void upload.abort().then(wait), stallTime);
    }

    /** Waits for the network, or, where the browser thinks that there is one, for a while. */
    function wait(): void {
      clearTimeout(stall);
      clearTimeout(waiting);
      pause(true);
      failures += 1;
      if (!isOffline()) waiting = setTimeout(goOn, Math.min(500 * 2 ** failures, longestWait));
    }

    function goOn(): void {
      clearTimeout(waiting);
      if (!isPaused) return;
      upload.start();
    }

    const lost = (): void => void upload.abort().then(wait);
    const stop = (): void => {
      end();
      // Nobody waits for this: what cannot be removed now expires.
      upload.abort(true).catch(() => undefined);
      reject(signal?.reason as Error);
    };
    function end(): void {
      clearTimeout(waiting);
      clearTimeout(stall);
      signal?.removeEventListener('abort', stop);
      globalThis.removeEventListener?.('offline', lost);
      globalThis.removeEventListener?.('online', goOn);
    }

    signal?.addEventListener('abort', stop, { once: true });
    globalThis.addEventListener?.('offline', lost);
    globalThis.addEventListener?.('online', goOn);
    upload.start();
  });
}

const isOffline = (): boolean =>
  typeof navigator !== 'undefined' && 'onLine' in navigator && !navigator.onLine;

/** What is worth another try: no answer, a service that is away, a conflict with an earlier request, too many of them. */
const passing = (status: number): boolean =>
  status === 409 || status === 423 || status === 429 || status >= 500;

/** The API's last word; undefined when it may say something else later. */
function refusalOf(error: DetailedError): Result<never> | undefined {
  const response = error.originalResponse;
  if (!error.originalRequest) return unreachable(error.message);
  if (!response || response.getStatus() === 0) return undefined;
  const status = response.getStatus();
  const type = response.getHeader('content-type') ?? '';
  const failure = failureOf(status, response.getBody(), new Headers({ 'content-type': type }));
  const isFull = !failure.ok && failure.problem.code === 'storage-full';
  return passing(status) && !isFull ? undefined : failure;
}

const idOf = ({ url }: Upload): string => url?.slice(url.lastIndexOf('/') + 1) ?? '';
