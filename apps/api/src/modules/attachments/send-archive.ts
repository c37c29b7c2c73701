import { Readable } from 'node:stream';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeFailure } from '../../describe-failure.ts';
import type { ArchiveDownload } from './archives.service.ts';
import { cutIdleReader } from './idle-reader.ts';

/**
 * Answers with a zip while it is made. Its length is told beforehand: where the zip cannot be finished the connection is
 * cut, so that nobody takes the part for the whole. It is never the same twice, so that no part of it can be asked for.
 */
export function sendArchive(
  request: FastifyRequest,
  reply: FastifyReply,
  archive: ArchiveDownload,
): FastifyReply {
  void reply.headers({
    'content-type': 'application/zip',
    'content-disposition': contentDisposition(archive.name),
    'content-length': archive.size,
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'accept-ranges': 'none',
  });
  if (request.method === 'HEAD') return reply.send(Readable.from([]));
  const bytes = archive.read();
  bytes.on('error', (error) => {
    const failure = describeFailure(error);
    if (failure.sealed) request.log.error({ failure }, 'a download was cut');
  });
  cutIdleReader(reply.raw);
  return reply.send(bytes);
}
