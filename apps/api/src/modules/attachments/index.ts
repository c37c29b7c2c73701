import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ClinicianActor, Origin } from '../../actors.ts';
import type { GrantHolder } from '../../db/database.ts';
import type { Dependencies } from '../../dependencies.ts';
import { describeFailure } from '../../describe-failure.ts';
import { attachmentRoutes } from './attachments.routes.ts';
import { createCaseAttachmentService } from './case-attachments.service.ts';
import { createDownloadService } from './downloads.service.ts';
import { sendFile } from './send-file.ts';
import { createFileScanning } from './scanning.ts';
import { createSharingService } from './sharing.service.ts';
import { keepTidy } from './upkeep.ts';
import { createAppendService } from './append.service.ts';
import { resumableRoutes } from './resumable.routes.ts';
import { createResumableService } from './resumable.service.ts';
import { createUploadService } from './uploads.service.ts';

export { sweepAbandonedUploads } from './upkeep.ts';
export { attachmentNamesFor, filesOfMessagesFor } from './message-files.service.ts';

/** Files: waiting to be sent, sent in a talk, and shared with a case. */
export function attachmentsModule(
  deps: Pick<Dependencies, 'db' | 'dataKeys' | 'events' | 'fileStore' | 'scanner' | 'settings'>,
  log: Pick<FastifyBaseLogger, 'error'>,
) {
  const { db, fileStore, settings } = deps;
  const quotas = {
    talkBytes: settings.TALK_FILES_QUOTA,
    caseBytes: settings.CASE_FILES_QUOTA,
    personDayBytes: settings.PERSON_DAY_FILES_QUOTA,
  };
  const scanning = createFileScanning(deps, (error, fileId) =>
    log.error({ failure: describeFailure(error), fileId }, 'a file could not be scanned'),
  );
  const services = {
    uploads: createUploadService({ ...deps, quotas, scanning }),
    downloads: createDownloadService(deps),
    sharing: createSharingService(deps),
    caseAttachments: createCaseAttachmentService({ ...deps, quotas, scanning }),
  };
  return {
    /** Sends a file of a talk that a grant opens; see `DownloadService.byGrant`. */
    async sendByGrant(
      actor: ClinicianActor,
      holder: GrantHolder,
      origin: Origin,
      attachmentId: string,
      mayRead: () => Promise<boolean>,
      { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    ): Promise<FastifyReply> {
      return sendFile(
        request,
        reply,
        await services.downloads.byGrant(actor, holder, origin, attachmentId, mayRead),
      );
    },
    routes(app: FastifyInstance): void {
      attachmentRoutes(app, services);
      const shelves = { talk: services.uploads.shelf, case: services.caseAttachments.shelf };
      const needs = { ...deps, shelves };
      resumableRoutes(app, createResumableService(needs), createAppendService(needs));
      const stop = keepTidy(db, fileStore, (error) =>
        log.error({ failure: describeFailure(error) }, 'tidying the files failed'),
      );
      app.addHook('onClose', async () => {
        stop();
        await scanning.stop();
      });
    },
  };
}
