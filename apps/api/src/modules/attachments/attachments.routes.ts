import { endpoints } from '@casetalk/contract';
import type { FastifyInstance } from 'fastify';
import { handle } from '../../plugins/contract-routes.ts';
import { incomingFile } from '../../plugins/multipart.ts';
import type { ArchiveService } from './archives.service.ts';
import type { CaseAttachmentService } from './case-attachments.service.ts';
import type { DownloadService } from './downloads.service.ts';
import { sendArchive } from './send-archive.ts';
import { sendFile } from './send-file.ts';
import type { SharingService } from './sharing.service.ts';
import type { UploadService } from './uploads.service.ts';

export interface AttachmentRoutes {
  readonly uploads: UploadService;
  readonly downloads: DownloadService;
  readonly sharing: SharingService;
  readonly archives: ArchiveService;
  readonly caseAttachments: CaseAttachmentService;
}

/** Files of talks and of cases. */
export function attachmentRoutes(app: FastifyInstance, services: AttachmentRoutes): void {
  const { uploads, downloads, sharing, archives, caseAttachments } = services;

  handle(
    app,
    endpoints.uploadTalkFile,
    { perMinute: 120 },
    async ({ params, actor, origin, idempotency, request, reply }) => {
      const attachment = await uploads.upload(actor, origin, params.talkId, idempotency.key, () =>
        incomingFile(request),
      );
      void reply.header('location', `/v1/attachments/${attachment.id}/content`);
      return attachment;
    },
  );

  handle(app, endpoints.listTalkUploads, {}, async ({ params, actor, origin }) => ({
    data: await uploads.list(actor, origin, params.talkId),
    nextCursor: null,
  }));

  handle(app, endpoints.removeTalkUpload, {}, ({ params, actor, origin }) =>
    uploads.remove(actor, origin, params.attachmentId),
  );

  handle(app, endpoints.downloadAttachment, {}, async ({ params, actor, origin, request, reply }) =>
    sendFile(request, reply, await downloads.attachment(actor, origin, params.attachmentId, 'original')),
  );

  handle(app, endpoints.previewAttachment, {}, async ({ params, actor, origin, request, reply }) =>
    sendFile(request, reply, await downloads.attachment(actor, origin, params.attachmentId, 'preview')),
  );

  handle(app, endpoints.shareAttachment, {}, ({ params, actor, origin }) =>
    sharing.share(actor, origin, params.attachmentId),
  );

  handle(app, endpoints.listCaseAttachments, {}, ({ params, query, actor, origin }) =>
    caseAttachments.list(actor, origin, params.caseId, query),
  );

  handle(
    app,
    endpoints.uploadCaseAttachment,
    { perMinute: 120 },
    async ({ params, actor, origin, idempotency, request, reply }) => {
      const attachment = await caseAttachments.upload(actor, origin, params.caseId, idempotency.key, () =>
        incomingFile(request),
      );
      void reply.header('location', `/v1/case-attachments/${attachment.id}/content`);
      return attachment;
    },
  );

  handle(app, endpoints.downloadCaseAttachment, {}, async ({ params, actor, origin, request, reply }) =>
    sendFile(
      request,
      reply,
      await downloads.caseAttachment(actor, origin, params.caseAttachmentId, 'original'),
    ),
  );

  handle(app, endpoints.previewCaseAttachment, {}, async ({ params, actor, origin, request, reply }) =>
    sendFile(
      request,
      reply,
      await downloads.caseAttachment(actor, origin, params.caseAttachmentId, 'preview'),
    ),
  );

  handle(app, endpoints.getTalkArchive, {}, ({ params, actor, origin }) =>
    archives.talkSummary(actor, origin, params.talkId),
  );

  handle(
    app,
    endpoints.downloadTalkArchive,
    { perMinute: 20 },
    async ({ params, query, actor, origin, request, reply }) =>
      sendArchive(request, reply, await archives.talk(actor, origin, params.talkId, query.language)),
  );

  handle(app, endpoints.getCaseArchive, {}, ({ params, actor, origin }) =>
    archives.caseSummary(actor, origin, params.caseId),
  );

  handle(
    app,
    endpoints.downloadCaseArchive,
    { perMinute: 20 },
    async ({ params, query, actor, origin, request, reply }) =>
      sendArchive(request, reply, await archives.case(actor, origin, params.caseId, query.language)),
  );

  handle(app, endpoints.removeCaseAttachment, {}, ({ params, actor, origin }) =>
    caseAttachments.remove(actor, origin, params.caseAttachmentId),
  );
}
