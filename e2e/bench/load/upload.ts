import { randomBytes, randomUUID } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Answer, assertSuccess } from './requests.ts';

const chunkSize = 256 * 1024;
const noise = randomBytes(chunkSize);
/** How a DICOM file begins: 128 bytes that mean nothing, then its mark (DICOM PS3.10 §7.1). What follows is free. */
const head = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]);
const fileName = 'scan.dcm';
/** What the portals send of a large file in one request, in bytes. */
const partSize = 16 * 1024 * 1024;

/** The bytes of such a file from one place to another, the latter not included. */
function* bytesOf(start: number, end: number): Generator<Buffer> {
  let at = start;
  if (at === 0) {
    yield head;
    at = head.length;
  }
  for (; at < end; at += chunkSize) yield end - at >= chunkSize ? noise : noise.subarray(0, end - at);
}

interface Sent extends Answer {
  readonly headers: IncomingHttpHeaders;
}

/** Streams bytes to a server and reads its answer. Rejects when the connection breaks. */
function stream(
  method: 'POST' | 'PATCH',
  url: string,
  headers: Record<string, string>,
  bytes: Iterable<Buffer>,
): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (response) => {
      const said: Buffer[] = [];
      response.on('data', (part: Buffer) => said.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(said).toString(),
        }),
      );
    });
    pipeline(Readable.from(bytes, { objectMode: false, highWaterMark: 1024 * 1024 }), outgoing).catch(reject);
    outgoing.on('error', reject);
  });
}

/** Sends so many bytes as they are. */
export function uploadRaw(url: string, size: number): Promise<Answer> {
  const headers = { 'content-type': 'application/octet-stream', 'content-length': String(size) };
  return stream('POST', url, headers, bytesOf(0, size));
}

/** Sends so many bytes as a form's file (RFC 7578), as a browser does. */
export function uploadForm(url: string, size: number, credentials: Record<string, string>): Promise<Answer> {
  const boundary = randomUUID();
  const before = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\n` +
      'content-type: application/octet-stream\r\n\r\n',
  );
  const after = Buffer.from(`\r\n--${boundary}--\r\n`);
  const headers = {
    ...credentials,
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': String(before.length + size + after.length),
    'idempotency-key': randomUUID(),
  };
  return stream(
    'POST',
    url,
    headers,
    (function* () {
      yield before;
      yield* bytesOf(0, size);
      yield after;
    })(),
  );
}

/**
 * Sends so many bytes part by part, as the portals do with large files.
 * @param url of the API
 * @param path where such uploads begin
 * @returns the path of the finished upload
 * @throws when a request is refused
 */
export async function uploadInParts(
  url: string,
  path: string,
  size: number,
  credentials: Record<string, string>,
): Promise<string> {
  const headers = { ...credentials, 'tus-resumable': '1.0.0' };
  const begun = await stream(
    'POST',
    `${url}${path}`,
    {
      ...headers,
      'content-length': '0',
      'idempotency-key': randomUUID(),
      'upload-length': String(size),
      'upload-metadata': `filename ${Buffer.from(fileName).toString('base64')}`,
    },
    [],
  );
  assertSuccess({ method: 'POST', path, headers: {} }, begun);
  const upload = String(begun.headers.location);
  for (let start = 0; start < size; start += partSize) {
    const end = Math.min(start + partSize, size);
    const appended = await stream(
      'PATCH',
      `${url}${upload}`,
      {
        ...headers,
        'content-type': 'application/offset+octet-stream',
        'content-length': String(end - start),
        'upload-offset': String(start),
      },
      bytesOf(start, end),
    );
    assertSuccess({ method: 'PATCH', path: upload, headers: {} }, appended);
  }
  return upload;
}
