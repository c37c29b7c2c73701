import { endpoints, limits, tusVersion } from '@casetalk/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import { invalidHeader, ProblemError } from '../../problem-error.ts';
import type { AppendService } from './append.service.ts';
import { declarationOf, type DeclarationFault, type DeclaredFile, offsetOf } from './resumable.rules.ts';
import type { ResumableService } from './resumable.service.ts';

const mediaType = 'application/offset+octet-stream';

/** Uploads that can be resumed, by the tus protocol: its headers in and out, and nothing else of it. */
export function resumableRoutes(
  app: FastifyInstance,
  uploads: ResumableService,
  { append }: AppendService,
): void {
  // Taken as it comes, by the handler.
  app.addContentTypeParser(mediaType, (_request, _payload, done) => done(null));

  handle(
    app,
    endpoints.createTalkResumableUpload,
    { perMinute: 120 },
    async ({ params, actor, origin, idempotency, request, reply }) => {
      const place = { kind: 'talk', id: params.talkId } as const;
      const upload = await uploads.begin(actor, origin, place, idempotency.key, () => declared(request));
      void state(reply, upload).header('location', `/v1/resumable-uploads/${upload.id}`);
      return upload;
    },
  );

  handle(
    app,
    endpoints.createCaseResumableUpload,
    { perMinute: 120 },
    async ({ params, actor, origin, idempotency, request, reply }) => {
      const place = { kind: 'case', id: params.caseId } as const;
      const upload = await uploads.begin(actor, origin, place, idempotency.key, () => declared(request));
      void state(reply, upload).header('location', `/v1/resumable-uploads/${upload.id}`);
      return upload;
    },
  );

  handle(app, endpoints.listTalkResumableUploads, {}, ({ params, query, actor, origin }) =>
    uploads.list(actor, origin, { kind: 'talk', id: params.talkId }, query),
  );

  handle(app, endpoints.listCaseResumableUploads, {}, ({ params, query, actor, origin }) =>
    uploads.list(actor, origin, { kind: 'case', id: params.caseId }, query),
  );

  handle(app, endpoints.getResumableUpload, {}, async ({ params, actor, origin, reply }) => {
    const upload = await uploads.read(actor, origin, params.resumableUploadId);
    void state(reply, upload).header('upload-length', upload.size);
    return upload;
  });

  handle(app, endpoints.appendResumableUpload, {}, async ({ params, actor, origin, request, reply }) => {
    if (request.headers['content-type'] !== mediaType) throw new ProblemError('unsupported-media-type');
    const source = (request.raw as unknown as { iterator: RawIterator }).iterator({ destroyOnReturn: false });
    try {
      const appended = await append(
        actor,
        origin,
        params.resumableUploadId,
        () => appending(request),
        source,
      );
      void state(reply, { ...appended, expiresAt: appended.expiresAt.toISOString() });
    } finally {
      // The connection stays, so that whoever is refused gets to see why.
      await source.return?.();
    }
  });

  handle(app, endpoints.removeResumableUpload, {}, async ({ params, actor, origin, reply }) => {
    void reply.header('tus-resumable', tusVersion);
    await uploads.remove(actor, origin, params.resumableUploadId);
  });
}

type RawIterator = (options: { destroyOnReturn: boolean }) => AsyncIterator<Buffer>;

function state(reply: FastifyReply, upload: { offset: number; expiresAt: string }): FastifyReply {
  return reply.headers({
    'tus-resumable': tusVersion,
    'upload-offset': upload.offset,
    'upload-expires': new Date(upload.expiresAt).toUTCString(),
  });
}

/** @throws ProblemError `protocol-version`, `invalid-request`, `file-empty`, `too-large` */
function declared({ headers }: FastifyRequest): DeclaredFile {
  requireVersion(headers['tus-resumable']);
  const file = declarationOf(single(headers['upload-length']), single(headers['upload-metadata']));
  if (typeof file === 'string') throw faults[file]();
  return file;
}

/** Where the bytes of a request begin and how many it says they are. @throws ProblemError */
function appending({ headers }: FastifyRequest): { offset: number; length: number } {
  requireVersion(headers['tus-resumable']);
  const offset = offsetOf(single(headers['upload-offset']));
  if (offset === undefined) throw invalidHeader('upload-offset', 'Say where these bytes begin.');
  return { offset, length: Number(headers['content-length'] ?? 0) };
}

function requireVersion(version: string | string[] | undefined): void {
  if (version !== tusVersion) {
    throw new ProblemError('protocol-version', { detail: `Send Tus-Resumable: ${tusVersion}.` });
  }
}

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

const faults: Readonly<Record<DeclarationFault, () => ProblemError>> = {
  'size-missing': () => invalidHeader('upload-length', 'Say how many bytes the file has.'),
  'name-missing': () => invalidHeader('upload-metadata', 'Send the key filename with the name in base64.'),
  empty: () => new ProblemError('file-empty'),
  'too-large': () =>
    new ProblemError('too-large', { detail: `A file may have ${limits.fileSize / 1_000_000} MB.` }),
};
