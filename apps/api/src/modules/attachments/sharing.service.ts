import type { CaseAttachment } from '@casetalk/contract';
import type { ClinicianActor, Origin } from '../../actors.ts';
import type { Database, Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { peopleOnCase } from '../cases/index.ts';
import type { EventHub } from '../events/index.ts';
import type { DataKey } from '../../vault/data-key.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import type { SealedFileStore } from '../../vault/sealed-file-store.ts';
import { mayShare } from './attachments.policy.ts';
import { presentCaseAttachment } from './attachments.presenter.ts';
import { type AttachmentRecord, attachmentRepository } from './attachments.repository.ts';
import { caseAttachmentRepository, type SealedCaseAttachmentRow } from './case-attachments.repository.ts';
import { openCaseFile, openTalkFile } from './file-names.ts';
import { fileRepository, type NewFile } from './files.repository.ts';
import { isUncertain } from './receive-file.ts';
import { makeSharedCopy } from './shared-copies.ts';

export interface SharingNeeds {
  readonly db: Database;
  readonly dataKeys: DataKeys;
  readonly events: Pick<EventHub, 'publish'>;
  readonly fileStore: Pick<SealedFileStore, 'put' | 'read' | 'remove'>;
  /** Called when there is a new picture to be shown. */
  readonly onCopy: () => void;
}

/**
 * What a share gives out: a copy of before, one that no row names yet, or the file itself. `standing` where the file was
 * shared already: then nothing is shared anew.
 */
type Given = { readonly copyId: string } | { readonly copy: NewFile } | 'itself' | 'standing';

const freshCopy = (given: Given): NewFile | undefined =>
  typeof given === 'object' && 'copy' in given ? given.copy : undefined;

/** Share File: the one bridge from a talk to the case, and only for the file itself. */
export function createSharingService({ db, dataKeys, events, fileStore, onCopy }: SharingNeeds) {
  /** By who shares what: of twenty presses at once one makes a copy, and the others wait for it. */
  const underWay = new Map<string, Promise<CaseAttachment>>();

  /** @throws ProblemError `state-conflict` for a file of the clinician's own, `not-found` for all else */
  async function requireShareable(
    tx: Tx,
    actor: ClinicianActor,
    attachmentId: string,
  ): Promise<AttachmentRecord> {
    const file = await attachmentRepository.byId(tx, actor, attachmentId);
    if (!file) throw notFound();
    const facts = { uploader: file.uploader, sent: file.messageId !== null, scan: file.scan };
    if (mayShare(facts)) return file;
    throw file.uploader === 'clinician' ? new ProblemError('state-conflict') : notFound();
  }

  /** @returns the share, and whether this press made it */
  async function insert(
    tx: Tx,
    actor: ClinicianActor,
    file: AttachmentRecord,
    { id, name, given }: { id: string; name: Buffer; given: Given },
  ): Promise<{ row: SealedCaseAttachmentRow; isNew: boolean }> {
    const copy = freshCopy(given);
    if (copy) {
      const uploader = { uploaderKind: actor.kind, uploaderId: actor.id };
      await fileRepository.addCopy(tx, copy, uploader, file.scan === 'clean' ? 'clean' : 'notScanned');
    }
    const copyId = typeof given === 'object' && 'copyId' in given ? given.copyId : copy?.id;
    const isNew =
      given !== 'standing' &&
      (await caseAttachmentRepository.add(tx, {
        id,
        caseId: file.caseId,
        fileId: file.fileId,
        name,
        origin: 'patientTalk',
        addedBy: actor.id,
        ...(copyId === undefined ? {} : { copyId }),
      }));
    if (copy && !isNew) await fileRepository.removeCopy(tx, copy.id);
    const row = await caseAttachmentRepository.byFile(tx, file.caseId, file.fileId);
    // Shared when it was inserted, and no longer shared a moment later: somebody stopped it in between.
    if (!row) throw new ProblemError('busy-try-again', { retryAfterSeconds: 1 });
    return { row, isNew };
  }

  /** What everyone on the case will get. Made before anything is written, and never the picture as it was sent. */
  async function give(actor: ClinicianActor, file: AttachmentRecord, caseKey: DataKey): Promise<Given> {
    if (file.caseAttachmentId !== null) return 'standing';
    const copyId = await db.as(actor, (tx) => caseAttachmentRepository.copyOf(tx, file.caseId, file.fileId));
    if (copyId !== undefined) return { copyId };
    const copy = await makeSharedCopy(fileStore, caseKey, file);
    return copy ? { copy } : 'itself';
  }

  async function shareOnce(
    actor: ClinicianActor,
    origin: Origin,
    attachmentId: string,
  ): Promise<CaseAttachment> {
    // The name goes over from the talk's key to the case's. Keys and copies may take their time: they come beforehand.
    const found = await db.as(actor, (tx) => requireShareable(tx, actor, attachmentId));
    const { name } = openTalkFile(await dataKeys.of(found.talkId), found);
    const caseKey = await dataKeys.ensure({ kind: 'case', id: found.caseId });
    const id = newId();
    const given = await give(actor, found, caseKey);
    const share = { id, name: caseKey.sealText('case_attachments.name', id, name), given };
    let copyIsKept = false;
    try {
      const { file, row, isNew, people } = await db.as(actor, async (tx) => {
        const file = await requireShareable(tx, actor, attachmentId);
        const { row, isNew } = await insert(tx, actor, file, share);
        if (isNew) {
          await recordAudit(tx, actor, origin, {
            action: 'attachment.shared',
            resourceType: 'attachment',
            resourceId: file.id,
            caseId: file.caseId,
            talkId: file.talkId,
          });
        }
        return { file, row, isNew, people: isNew ? await peopleOnCase(tx, file.caseId) : [] };
      });
      copyIsKept = isNew;
      if (isNew) tell(actor, file, people);
      return presentCaseAttachment(openCaseFile(caseKey, row), actor);
    } catch (error) {
      copyIsKept = isUncertain(error);
      throw error;
    } finally {
      const copy = freshCopy(given);
      if (copy && !copyIsKept) await fileStore.remove(copy.id);
    }
  }

  function tell(
    actor: ClinicianActor,
    { caseId, talkId, patientId }: AttachmentRecord,
    people: readonly string[],
  ): void {
    onCopy();
    events.publish(people, { type: 'caseAttachment.changed', caseId });
    events.publish([actor.id, ...(patientId ? [patientId] : [])], { type: 'talk.changed', talkId, caseId });
  }

  return {
    /**
     * Lets everyone on the case see a file that the patient sent to this clinician; a picture without its metadata. Pressed
     * twice, or by twenty at once, it shares once.
     * @throws ProblemError `state-conflict` for a file of the clinician's own, `picture-damaged` for one whose metadata
     * cannot be told from the rest, `storage-full`, `not-found` for all else
     */
    async share(actor: ClinicianActor, origin: Origin, attachmentId: string): Promise<CaseAttachment> {
      const press = `${actor.id} ${attachmentId}`;
      const earlier = underWay.get(press);
      if (earlier) return earlier;
      const sharing = shareOnce(actor, origin, attachmentId).finally(() => underWay.delete(press));
      underWay.set(press, sharing);
      return sharing;
    },
  };
}

export type SharingService = ReturnType<typeof createSharingService>;
