import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './requests.ts';

const chunkSize = 256 * 1024;
const noise = randomBytes(chunkSize);
/** How a DICOM file begins: 128 bytes that mean nothing, then its mark (DICOM PS3.10 §7.1). What follows is free. */
const head = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]);

function* bytesOf(size: number): Generator<Buffer> {
  yield head;
  for (let left = size - head.length; left > 0; left -= chunkSize) {
    yield left >= chunkSize ? noise : noise.subarray(0, left);
  }
}

/** Streams parts to a server and reads its answer. Rejects when the connection breaks. */
function post(url: string, headers: Record<string, string>, parts: Iterable<Buffer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers, agent: false }, (response) => {
      const said: Buffer[] = [];
      response.on('data', (part: Buffer) => said.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(said).toString() }),
      );
    });
    pipeline(Readable.from(parts, { objectMode: false, highWaterMark: 1024 * 1024 }), outgoing).catch(reject);
    outgoing.on('error', reject);
  });
}

/** Sends so many bytes as they are. */
export function uploadRaw(url: string, size: number): Promise<Answer> {
  const headers = { 'content-type': 'application/octet-stream', 'content-length': String(size) };
  return post(url, headers, bytesOf(size));
}

/** Sends so many bytes as a form's file (RFC 7578), as a browser does. */
export function uploadForm(url: string, size: number, credentials: Record<string, string>): Promise<Answer> {
  const boundary = randomUUID();
  const before = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="scan.dcm"\r\n` +
      'content-type: application/octet-stream\r\n\r\n',
  );
  const after = Buffer.from(`\r\n--${boundary}--\r\n`);
  const headers = {
    ...credentials,
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': String(before.length + size + after.length),
    'idempotency-key': randomUUID(),
  };
  return post(
    url,
    headers,
    (function* () {
      yield before;
      yield* bytesOf(size);
      yield after;
    })(),
  );
}
