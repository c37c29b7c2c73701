import type { PreviewState, ScanState } from '@casetalk/contract';
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
import type { PreviewFacts } from './preview-columns.ts';
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

/** The file as it was sent, or the picture that shows it. */
export type FileForm = 'original' | 'preview';

export interface DownloadNeeds {
  readonly db: Database;
  readonly dataKeys: DataKeys;
  readonly fileStore: SealedFileStore;
}

/**
 * @throws ProblemError `file-checking` until a scanner has looked at it, `preview-not-ready` while the preview is made;
 * `not-found` when the scanner found something, and for a preview that there is none of
 */
function requireOpen(
  row: { readonly scan: ScanState; readonly preview: PreviewState },
  form: FileForm,
): void {
  if (row.scan === 'checking') throw new ProblemError('file-checking', { retryAfterSeconds: 10 });
  if (!mayDownload(row)) throw notFound();
  if (form === 'original') return;
  if (row.preview === 'making') throw new ProblemError('preview-not-ready', { retryAfterSeconds: 2 });
  if (row.preview === 'none') throw notFound();
}

/**
 * Decides about downloads at the time of each, and records them before the first byte leaves. A removed share, a case
 * left or a file found harmful end access with the next request. Whoever sees the preview has seen the file: the audit makes
 * no difference.
 */
export function createDownloadService({ db, dataKeys, fileStore }: DownloadNeeds) {
  function downloadOf(row: Omit<Download, 'read'> & StoredFile & PreviewFacts, form: FileForm): Download {
    if (form === 'original') {
      const { name, mediaType, size, sha256 } = row;
      return { name, mediaType, size, sha256, read: (range) => fileStore.read(row, range) };
    }
    const { previewId, previewSize, previewSha256, keyOwnerId } = row;
    if (previewId === null || previewSize === null || previewSha256 === null) throw notFound();
    const stored = { fileId: previewId, size: previewSize, keyOwnerId };
    return {
      name: `${row.name}.webp`,
      mediaType: 'image/webp',
      size: previewSize,
      sha256: previewSha256,
      read: (range) => fileStore.read(stored, range),
    };
  }

  return {
    /** @throws ProblemError `not-found` */
    async attachment(actor: Person, origin: Origin, attachmentId: string, form: FileForm): Promise<Download> {
      const row = await db.as(actor, async (tx) => {
        const row = await attachmentRepository.byId(tx, actor, attachmentId);
        if (!row) throw notFound();
        requireOpen(row, form);
        await recordAudit(tx, actor, origin, {
          action: 'attachment.downloaded',
          resourceType: 'attachment',
          resourceId: row.id,
          caseId: row.caseId,
          talkId: row.talkId,
        });
        return row;
      });
      return downloadOf(openTalkFile(await dataKeys.of(row.talkId), row), form);
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
      form: FileForm,
      mayRead: () => Promise<boolean>,
    ): Promise<Download> {
      const row = await db.as(holder, async (tx) => {
        const row = await attachmentRepository.byGrant(tx, holder, attachmentId);
        if (!row) throw notFound();
        requireOpen(row, form);
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
      const download = downloadOf(openTalkFile(await dataKeys.of(row.talkId), row), form);
      return { ...download, read: (range) => cutOff(download.read(range), mayRead) };
    },

    /** @throws ProblemError `not-found` */
    async caseAttachment(
      actor: ClinicianActor,
      origin: Origin,
      caseAttachmentId: string,
      form: FileForm,
    ): Promise<Download> {
      const row = await db.as(actor, async (tx) => {
        const row = await caseAttachmentRepository.byId(tx, caseAttachmentId);
        if (!row) throw notFound();
        await caseAccess.require(tx, actor, row.caseId);
        requireOpen(row, form);
        await recordAudit(tx, actor, origin, {
          action: 'caseAttachment.downloaded',
          resourceType: 'caseAttachment',
          resourceId: row.id,
          caseId: row.caseId,
        });
        return row;
      });
      return downloadOf(openCaseFile(await dataKeys.of(row.caseId), row), form);
    },
  };
}

export type DownloadService = ReturnType<typeof createDownloadService>;
