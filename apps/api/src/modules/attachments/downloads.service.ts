import type { ScanState } from '@casetalk/contract';
import type { Readable } from 'node:stream';
import type { ClinicianActor, Origin, Person } from '../../actors.ts';
import type { Database, GrantHolder } from '../../db/database.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { caseAccess } from '../cases/index.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import type { SealedFileStore, StoredFile } from '../../vault/sealed-file-store.ts';
import { mayDownload } from './attachments.policy.ts';
import { attachmentRepository } from './attachments.repository.ts';
import { caseAttachmentRepository } from './case-attachments.repository.ts';
import { cutOff } from './cut-off.ts';
import { openCaseFile, openTalkFile } from './file-names.ts';
import type { ByteRange } from './range.rules.ts';

/** Bytes that someone may have, and how to call them. */
export interface Download {
  readonly name: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** The bytes, or a part of them. */
  read(range?: ByteRange): Readable;
}

export interface DownloadNeeds {
  readonly db: Database;
  readonly dataKeys: DataKeys;
  readonly fileStore: SealedFileStore;
}

/** @throws ProblemError `file-checking` until a scanner has looked at it; `not-found` when it found something */
function requireOpen({ scan }: { readonly scan: ScanState }): void {
  if (scan === 'checking') throw new ProblemError('file-checking', { retryAfterSeconds: 10 });
  if (!mayDownload({ scan })) throw notFound();
}

/**
 * Decides about downloads at the time of each, and records them before the first byte leaves. A removed share, a case
 * left or a file found harmful end access with the next request.
 */
export function createDownloadService({ db, dataKeys, fileStore }: DownloadNeeds) {
  const downloadOf = (row: Omit<Download, 'read'> & StoredFile): Download => ({
    name: row.name,
    mediaType: row.mediaType,
    size: row.size,
    sha256: row.sha256,
    read: (range) => fileStore.read(row, range),
  });

  return {
    /** @throws ProblemError `not-found` */
    async attachment(actor: Person, origin: Origin, attachmentId: string): Promise<Download> {
      const row = await db.as(actor, async (tx) => {
        const row = await attachmentRepository.byId(tx, actor, attachmentId);
        if (!row) throw notFound();
        requireOpen(row);
        await recordAudit(tx, actor, origin, {
          action: 'attachment.downloaded',
          resourceType: 'attachment',
          resourceId: row.id,
          caseId: row.caseId,
          talkId: row.talkId,
        });
        return row;
      });
      return downloadOf(openTalkFile(await dataKeys.of(row.talkId), row));
    },

    /**
     * A sent file of a talk that a grant opens to an administrator.
     * @param mayRead asked again and again while the bytes leave
     * @throws ProblemError `not-found`
     */
    async byGrant(
      actor: ClinicianActor,
      holder: GrantHolder,
      origin: Origin,
      attachmentId: string,
      mayRead: () => Promise<boolean>,
    ): Promise<Download> {
      const row = await db.as(holder, async (tx) => {
        const row = await attachmentRepository.byGrant(tx, holder, attachmentId);
        if (!row) throw notFound();
        requireOpen(row);
        await recordAudit(tx, actor, origin, {
          action: 'attachment.downloaded',
          resourceType: 'attachment',
          resourceId: row.id,
          caseId: row.caseId,
          talkId: row.talkId,
          grantId: holder.grantId,
        });
        return row;
      });
      const download = downloadOf(openTalkFile(await dataKeys.of(row.talkId), row));
      return { ...download, read: (range) => cutOff(download.read(range), mayRead) };
    },

    /** @throws ProblemError `not-found` */
    async caseAttachment(actor: ClinicianActor, origin: Origin, caseAttachmentId: string): Promise<Download> {
      const row = await db.as(actor, async (tx) => {
        const row = await caseAttachmentRepository.byId(tx, caseAttachmentId);
        if (!row) throw notFound();
        requireOpen(row);
        await caseAccess.require(tx, actor, row.caseId);
        await recordAudit(tx, actor, origin, {
          action: 'caseAttachment.downloaded',
          resourceType: 'caseAttachment',
          resourceId: row.id,
          caseId: row.caseId,
        });
        return row;
      });
      return downloadOf(openCaseFile(await dataKeys.of(row.caseId), row));
    },
  };
}

export type DownloadService = ReturnType<typeof createDownloadService>;
