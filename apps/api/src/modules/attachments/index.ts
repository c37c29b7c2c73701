import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import type { ClinicianActor, Origin } from '../../actors.ts';
import type { GrantHolder } from '../../db/database.ts';
import type { Dependencies } from '../../dependencies.ts';
import { describeFailure } from '../../describe-failure.ts';
import { meterFiles } from '../../metrics/file-metrics.ts';
import { attachmentRoutes } from './attachments.routes.ts';
import { createCaseAttachmentService } from './case-attachments.service.ts';
import { createDownloadService, type FileForm } from './downloads.service.ts';
import { sendFile } from './send-file.ts';
import { createFileScanning } from './scanning.ts';
import { createFileNews } from './file-news.ts';
import { createPreviewing } from './previewing.ts';
import { createSharingService } from './sharing.service.ts';
import { keepTidy } from './upkeep.ts';
import { type ArchiveNeeds, createArchiveService } from './archives.service.ts';
import { createAppendService } from './append.service.ts';
import { resumableRoutes } from './resumable.routes.ts';
import { createResumableService } from './resumable.service.ts';
import { createUploadService } from './uploads.service.ts';

export { sweepAbandonedUploads } from './upkeep.ts';
export { attachmentNamesFor, filesOfMessagesFor } from './message-files.service.ts';
export { type Fault, verifyFiles } from './verify-files.ts';

/** Of many files that are missing, so many are named in one line of the log. */
const namedAtOnce = 50;

/**
 * Files: waiting to be sent, sent in a talk, and shared with a case.
 * @param metrics where what is measured goes; nothing is measured without it
 */
export function attachmentsModule(
  deps: Pick<
    Dependencies,
    'db' | 'dataKeys' | 'events' | 'fileStore' | 'previewMaker' | 'scanner' | 'settings'
  >,
  log: Pick<FastifyBaseLogger, 'error' | 'info'>,
  aliveAmong: ArchiveNeeds['aliveAmong'],
  metrics?: Registry,
) {
  const { db, fileStore, settings } = deps;
  const quotas = {
    talkBytes: settings.TALK_FILES_QUOTA,
    caseBytes: settings.CASE_FILES_QUOTA,
    personDayBytes: settings.PERSON_DAY_FILES_QUOTA,
  };
  const news = createFileNews(deps);
  const previewing = createPreviewing({ ...deps, news }, (error, fileId) =>
    log.error({ failure: describeFailure(error), fileId }, 'a preview could not be made'),
  );
  const scanning = createFileScanning({ ...deps, news, onOpen: previewing.wake }, (error, fileId) =>
    log.error({ failure: describeFailure(error), fileId }, 'a file could not be scanned'),
  );
  const intake = {
    begin: scanning.begin,
    wake(): void {
      scanning.wake();
      previewing.wake();
    },
  };
  const services = {
    uploads: createUploadService({ ...deps, quotas, scanning: intake }),
    downloads: createDownloadService(deps),
    sharing: createSharingService({ ...deps, onCopy: previewing.wake }),
    archives: createArchiveService({ ...deps, aliveAmong }),
    caseAttachments: createCaseAttachmentService({ ...deps, quotas, scanning: intake }),
  };
  return {
    /** Sends a file of a talk that a grant opens; see `DownloadService.byGrant`. */
    async sendByGrant(
      actor: ClinicianActor,
      holder: GrantHolder,
      origin: Origin,
      attachmentId: string,
      form: FileForm,
      mayRead: () => Promise<boolean>,
      { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    ): Promise<FastifyReply> {
      return sendFile(
        request,
        reply,
        await services.downloads.byGrant(actor, holder, origin, attachmentId, form, mayRead),
      );
    },
    routes(app: FastifyInstance): void {
      attachmentRoutes(app, services);
      const shelves = { talk: services.uploads.shelf, case: services.caseAttachments.shelf };
      const needs = { ...deps, shelves };
      resumableRoutes(app, createResumableService(needs), createAppendService(needs));
      const meter = metrics && meterFiles(metrics);
      const stop = keepTidy(db, fileStore, {
        failed: (error) => log.error({ failure: describeFailure(error) }, 'tidying the files failed'),
        removed(count) {
          meter?.removed(count);
          log.info({ count }, 'files that no row named were removed');
        },
        missing(fileIds) {
          meter?.missing(fileIds.length);
          if (fileIds.length === 0) return;
          const some = fileIds.slice(0, namedAtOnce);
          log.error({ count: fileIds.length, fileIds: some }, 'files have lost their bytes');
        },
      });
      app.addHook('onClose', async () => {
        stop();
        await Promise.all([scanning.stop(), previewing.stop()]);
      });
    },
  };
}
