import { once } from 'node:events';
import { Readable } from 'node:stream';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeFailure } from '../../describe-failure.ts';
import { ProblemError } from '../../problem-error.ts';
import type { Download } from './downloads.service.ts';
import { cutIdleReader } from './idle-reader.ts';
import { rangeOf } from './range.rules.ts';

/**
 * Answers with a file's bytes, whole or one range of them, and for HEAD with what could be said of them. The browser is
 * told to save the file, never to show or run it. Bytes that do not open are a failure like any other until the first of
 * them has left; after that the connection is cut, so that nobody takes the part for the whole.
 * @throws ProblemError `range-not-satisfiable`; SealBroken
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: Download,
): Promise<FastifyReply> {
  const etag = `"${file.sha256}"`;
  const isHead = request.method === 'HEAD';
  // RFC 9110 §14.2: a range means something for GET alone.
  const range = isHead ? undefined : rangeOf(request.headers.range, file.size, ifRangeOf(request), etag);
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${file.size}`);
    throw new ProblemError('range-not-satisfiable');
  }
  const bytes = isHead ? Readable.from([]) : await begun(file.read(range), request);
  void reply.headers({
    'content-type': file.mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : file.mediaType,
    'content-disposition': contentDisposition(file.name),
    'content-length': range ? range.end - range.start + 1 : file.size,
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes',
    etag,
    // RFC 9530: of the whole file, whatever part of it is sent.
    'repr-digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
  });
  if (range) {
    void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.size}`);
  }
  if (isHead) return reply.send(bytes);
  cutIdleReader(reply.raw);
  return reply.send(bytes);
}

/** Waits until the first bytes are there and known to be right. What breaks later is told to the operator, by ids. */
async function begun(bytes: Readable, request: FastifyRequest): Promise<Readable> {
  await once(bytes, 'readable');
  bytes.on('error', (error) => {
    const failure = describeFailure(error);
    if (failure.sealed) request.log.error({ failure }, 'a download was cut');
  });
  return bytes;
}

function ifRangeOf(request: FastifyRequest): string | undefined {
  const value = request.headers['if-range'];
  return Array.isArray(value) ? value[0] : value;
}
