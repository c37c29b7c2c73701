/// <reference lib="dom" />
import type { Endpoint } from '@casetalk/contract';
import { type AnyInput, type CallOptions, type ClientSettings, headersOf, urlOf } from './request.ts';
import { failureOf, type Result, unreachable } from './result.ts';

export interface UploadOptions extends CallOptions {
  /** Called as bytes leave, with the share that is gone, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Uploads one file as multipart/form-data. Browsers tell upload progress through XMLHttpRequest alone, so it is used
 * where it exists; elsewhere `fetch` sends the same request without progress.
 */
export async function uploadFile<T>(
  settings: ClientSettings,
  endpoint: Endpoint,
  input: AnyInput,
  file: File,
  options: UploadOptions,
): Promise<Result<T>> {
  const url = urlOf(settings, endpoint, input);
  const headers = headersOf(settings, endpoint, options);
  const form = new FormData();
  form.append('file', file, file.name);
  if (typeof XMLHttpRequest !== 'undefined' && !settings.fetch)
    return uploadWithProgress(url, headers, form, options);
  const fetcher = settings.fetch ?? globalThis.fetch;
  try {
    const response = await fetcher(url, {
      method: 'POST',
      headers,
      body: form,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    return answer(response.status, await response.text(), response.headers);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    return unreachable();
  }
}

function answer<T>(status: number, text: string, headers: Headers): Result<T> {
  if (status < 200 || status >= 300) return failureOf(status, text, headers);
  return { ok: true, status, data: JSON.parse(text) as T, headers };
}

function uploadWithProgress<T>(
  url: string,
  headers: Headers,
  form: FormData,
  { onProgress, signal }: UploadOptions,
): Promise<Result<T>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    for (const [name, value] of headers) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      resolve(answer(request.status, request.responseText, parseHeaders(request.getAllResponseHeaders())));
    });
    request.addEventListener('error', () => resolve(unreachable()));
    request.addEventListener('abort', () =>
      reject(signal?.reason ?? new DOMException('Aborted', 'AbortError')),
    );
    if (signal?.aborted) return reject(signal.reason);
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}

function parseHeaders(raw: string): Headers {
  const headers = new Headers();
  for (const row of raw.trim().split(/\r?\n/)) {
    const colon = row.indexOf(':');
    if (colon > 0) headers.append(row.slice(0, colon).trim(), row.slice(colon + 1).trim());
  }
  return headers;
}
