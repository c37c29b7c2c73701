import { Upload } from 'tus-js-client';
import type { RawSession } from './raw-session.ts';

/** An upload by a tus client that knows nothing of this API but the protocol. @returns the finished upload's id */
export function sendByTus(
  endpoint: string,
  session: RawSession,
  file: { readonly name: string; readonly content: Buffer },
  chunkSize: number,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file.content, {
      endpoint,
      headers: { ...session.headers(), 'idempotency-key': crypto.randomUUID() },
      metadata: { filename: file.name },
      chunkSize,
      retryDelays: null,
      onError: reject,
      onSuccess: () => resolve(String(upload.url?.split('/').at(-1))),
    });
    upload.start();
  });
}

/** Begins an upload by hand. */
export const begin = (
  session: RawSession,
  path: string,
  size: number,
  name = 'export.zip',
  headers: Record<string, string> = {},
): Promise<Response> =>
  session.fetch(path, {
    method: 'POST',
    headers: {
      'idempotency-key': crypto.randomUUID(),
      'tus-resumable': '1.0.0',
      'upload-length': String(size),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
      ...headers,
    },
  });

/** Sends bytes of an upload by hand. */
export const append = (
  session: RawSession,
  path: string,
  offset: number,
  bytes: Buffer,
  headers: Record<string, string> = {},
): Promise<Response> =>
  session.fetch(path, {
    method: 'PATCH',
    headers: {
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(offset),
      ...headers,
    },
    body: Uint8Array.from(bytes),
  });

/** Where an upload stands, in bytes; -1 when there is none. */
export async function offsetOf(session: RawSession, path: string): Promise<number> {
  const response = await session.fetch(path, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } });
  return response.status === 200 ? Number(response.headers.get('upload-offset')) : -1;
}
