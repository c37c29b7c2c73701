import multipart from '@fastify/multipart';
import { limits } from '@casetalk/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingFile } from '../incoming-file.ts';
import { ProblemError } from '../problem-error.ts';

/** Room for the boundaries and headers around a file. */
const overhead = 64 * 1024;

/** Takes multipart bodies as streams, and of those one file and nothing else. */
export async function useMultipart(app: FastifyInstance): Promise<void> {
  await app.register(multipart, {
    // The plugin tells of a file that is too long once its stream has been read to the end; `incomingFile` does at once.
    throwFileSizeLimit: false,
    limits: {
      fileSize: limits.fileSize,
      files: 1,
      fields: 1,
      fieldSize: 64 * 1024,
      fieldNameSize: 100,
      parts: 2,
      headerPairs: 50,
    },
  });
}

/**
 * The one file of an upload. Nothing of the body has been read before this is called.
 * @throws ProblemError `unsupported-media-type`, `too-large`, or `invalid-request` for anything but one part `file`
 */
export async function incomingFile(request: FastifyRequest): Promise<IncomingFile> {
  if (!request.isMultipart()) throw new ProblemError('unsupported-media-type');
  if (Number(request.headers['content-length'] ?? 0) > limits.fileSize + overhead) throw tooLarge();
  const parts = request.parts();
  const first = await parts.next();
  if (first.done || first.value.type !== 'file' || first.value.fieldname !== 'file') {
    if (!first.done && first.value.type === 'file') first.value.file.destroy();
    throw onePartOnly();
  }
  const { file, filename } = first.value;
  // What lies beyond the limit would be read and thrown away for as long as somebody sends it.
  file.once('limit', () => file.destroy(tooLarge()));
  return {
    // Browsers write a quotation mark in a name as %22 (HTML, multipart/form-data encoding).
    name: (filename ?? '').replaceAll('%22', '"'),
    bytes: file,
    async end() {
      if (file.truncated) throw tooLarge();
      const more = await parts.next();
      if (more.done) return;
      if (more.value.type === 'file') more.value.file.destroy();
      throw onePartOnly();
    },
  };
}

/** The parser names what it does not understand in words alone. */
export const isMalformedMultipart = (request: FastifyRequest, error: Error): boolean =>
  request.isMultipart() &&
  !('code' in error) &&
  /^(?:Unexpected end of|Part terminated|Malformed part|Multipart: )/i.test(error.message);

const tooLarge = (): ProblemError =>
  new ProblemError('too-large', {
    detail: `A file may have ${limits.fileSize / 1_000_000} MB. Send a smaller one, or its parts.`,
  });

const onePartOnly = (): ProblemError =>
  new ProblemError('invalid-request', {
    errors: [{ pointer: '', in: 'body', detail: 'Send multipart/form-data with one part named file.' }],
  });
