import type { Attachment } from '@casetalk/contract';
import type { Origin, Person } from '../../actors.ts';
import type { Database, Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import type { IncomingFile } from '../../incoming-file.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { caseAccess } from '../cases/index.ts';
import type { DataKey } from '../../vault/data-key.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import type { SealedFileStore } from '../../vault/sealed-file-store.ts';
import { presentAttachment } from './attachments.presenter.ts';
import { type AttachmentRecord, attachmentRepository, type TalkUsage } from './attachments.repository.ts';
import { type Quotas, talkUploadRefusal } from './attachments.rules.ts';
import { openTalkFile, openTalkFiles } from './file-names.ts';
import { quotaRepository } from './quota.repository.ts';
import { refused } from './quota-refusal.ts';
import { resumableRepository } from './resumable.repository.ts';
import type { Shelf } from './shelf.ts';
import { fileRepository } from './files.repository.ts';
import { fileRowOf, type ReceivedFile, receiveFile } from './receive-file.ts';
import type { FileScanning } from './scanning.ts';

export interface UploadNeeds {
  readonly db: Database;
  readonly dataKeys: DataKeys;
  readonly fileStore: SealedFileStore;
  readonly quotas: Quotas;
  readonly scanning: Pick<FileScanning, 'begin' | 'wake'>;
}

/** Files that a person holds ready to send in a talk. Until a message sends one it is its uploader's alone. */
export function createUploadService({ db, dataKeys, fileStore, quotas, scanning }: UploadNeeds) {
  /** @throws ProblemError when the talk is not the actor's, when nothing can be sent in it, or when there is no room */
  async function requireRoom(tx: Tx, actor: Person, talkId: string, size: number): Promise<TalkUsage> {
    const usage = await attachmentRepository.usage(tx, actor, talkId);
    if (!usage) throw notFound();
    const clinician = { kind: 'clinician', id: usage.clinicianId } as const;
    const itsCase = await caseAccess.find(tx, clinician, usage.caseId);
    if (itsCase?.status !== 'open') throw new ProblemError('state-conflict');
    const held = await resumableRepository.held(tx, actor, { kind: 'talk', id: talkId });
    const refusal = talkUploadRefusal(
      {
        pending: usage.pending + held.count,
        talkBytes: usage.talkBytes + held.inPlace,
        dayBytes: (await quotaRepository.dayBytes(tx, actor)) + held.inDay,
      },
      size,
      quotas,
    );
    if (refusal) throw refused(refusal);
    return usage;
  }

  async function insert(
    tx: Tx,
    key: DataKey,
    actor: Person,
    origin: Origin,
    talkId: string,
    uploadKey: string,
    file: ReceivedFile,
  ): Promise<boolean> {
    await quotaRepository.lockPerson(tx, actor);
    await attachmentRepository.lockTalk(tx, talkId);
    if (await attachmentRepository.byUploadKey(tx, actor, talkId, uploadKey)) return false;
    const { caseId, clinicianId, patientId } = await requireRoom(tx, actor, talkId, file.size);
    await fileRepository.add(tx, fileRowOf(file, caseId), scanning.begin(actor));
    const id = newId();
    await attachmentRepository.add(tx, {
      id,
      talkId,
      caseId,
      clinicianId,
      patientId,
      fileId: file.id,
      uploader: actor.kind,
      name: key.sealText('attachments.name', id, file.name),
      uploadKey,
    });
    await recordAudit(tx, actor, origin, {
      action: 'attachment.uploaded',
      resourceType: 'attachment',
      resourceId: id,
      caseId,
      talkId,
    });
    return true;
  }

  return {
    /** What a resumable upload to a talk needs of it. */
    shelf: {
      async open(tx, actor, talkId) {
        const talk = await attachmentRepository.usage(tx, actor, talkId);
        if (!talk) throw notFound();
        return talk.caseId;
      },
      async setAside(tx, actor, talkId, size) {
        await quotaRepository.lockPerson(tx, actor);
        await attachmentRepository.lockTalk(tx, talkId);
        await requireRoom(tx, actor, talkId, size);
      },
      async add(tx, actor, origin, key, talkId, uploadKey, file) {
        await insert(tx, key, actor, origin, talkId, uploadKey, file);
        return () => scanning.wake();
      },
      async find(tx, actor, talkId, uploadKey) {
        const row = await attachmentRepository.byUploadKey(tx, actor, talkId, uploadKey);
        return {
          present: (key) => ({
            attachment: row ? presentAttachment(openTalkFile(key, row), actor) : null,
            caseAttachment: null,
          }),
        };
      },
    } satisfies Shelf<Person>,

    /**
     * Takes a file for a talk. Who may, and whether there is room, is settled before a byte of it is read.
     * @param uploadKey names this upload: sent again, the file of the first time is the answer
     * @param open begins to read the request's file
     * @throws ProblemError as {@link receiveFile}; `not-found`, `state-conflict`, `too-many-files`
     */
    async upload(
      actor: Person,
      origin: Origin,
      talkId: string,
      uploadKey: string,
      open: () => Promise<IncomingFile>,
    ): Promise<Attachment> {
      const repeated = await db.as(actor, async (tx) => {
        const before = await attachmentRepository.byUploadKey(tx, actor, talkId, uploadKey);
        if (!before) await requireRoom(tx, actor, talkId, 0);
        return before;
      });
      const key = await dataKeys.ensure({ kind: 'talk', id: talkId });
      const present = (row: AttachmentRecord): Attachment => presentAttachment(openTalkFile(key, row), actor);
      if (repeated) return present(repeated);
      const row = await receiveFile(fileStore, key, await open(), (file) =>
        db.as(actor, async (tx) => {
          const kept = await insert(tx, key, actor, origin, talkId, uploadKey, file);
          const answer = await attachmentRepository.byUploadKey(tx, actor, talkId, uploadKey);
          if (!answer) throw notFound();
          return { kept, answer };
        }),
      );
      scanning.wake();
      return present(row);
    },

    /** The actor's files of a talk that are not sent yet, oldest first. */
    async list(actor: Person, origin: Origin, talkId: string): Promise<Attachment[]> {
      const rows = await db.as(actor, async (tx) => {
        if (!(await attachmentRepository.seesTalk(tx, actor, talkId))) throw notFound();
        await recordAudit(tx, actor, origin, {
          action: 'attachment.listed',
          resourceType: 'talk',
          resourceId: talkId,
          talkId,
        });
        return attachmentRepository.pending(tx, actor, talkId);
      });
      return (await openTalkFiles(dataKeys, rows)).map((row) => presentAttachment(row, actor));
    },

    /** Removes a file that is not sent yet, bytes and all. @throws ProblemError `state-conflict` once it is sent */
    async remove(actor: Person, origin: Origin, attachmentId: string): Promise<void> {
      const { keys } = await db.as(actor, async (tx) => {
        const removed = await attachmentRepository.removePending(tx, actor, attachmentId);
        if (!removed) {
          const seen = await attachmentRepository.byId(tx, actor, attachmentId);
          throw seen ? new ProblemError('state-conflict') : notFound();
        }
        await recordAudit(tx, actor, origin, {
          action: 'attachment.removed',
          resourceType: 'attachment',
          resourceId: attachmentId,
          caseId: removed.caseId,
          talkId: removed.talkId,
        });
        return removed;
      });
      for (const key of keys) await fileStore.remove(key);
    },
  };
}

export type UploadService = ReturnType<typeof createUploadService>;
