import type { CaseAttachment } from '@casetalk/contract';
import type { ClinicianActor, Origin } from '../../actors.ts';
import type { Database, Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { peopleOnCase } from '../cases/index.ts';
import type { EventHub } from '../events/index.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import { mayShare } from './attachments.policy.ts';
import { presentCaseAttachment } from './attachments.presenter.ts';
import { type AttachmentRecord, attachmentRepository } from './attachments.repository.ts';
import { caseAttachmentRepository, type SealedCaseAttachmentRow } from './case-attachments.repository.ts';
import { openCaseFile, openTalkFile } from './file-names.ts';

export interface SharingNeeds {
  readonly db: Database;
  readonly dataKeys: DataKeys;
  readonly events: Pick<EventHub, 'publish'>;
}

/** Share File: the one bridge from a talk to the case, and only for the file itself. */
export function createSharingService({ db, dataKeys, events }: SharingNeeds) {
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
    { id, name }: { id: string; name: Buffer },
  ): Promise<{ row: SealedCaseAttachmentRow; isNew: boolean }> {
    const isNew = await caseAttachmentRepository.add(tx, {
      id,
      caseId: file.caseId,
      fileId: file.fileId,
      name,
      origin: 'patientTalk',
      addedBy: actor.id,
    });
    const row = await caseAttachmentRepository.byFile(tx, file.caseId, file.fileId);
    // Shared when it was inserted, and no longer shared a moment later: somebody stopped it in between.
    if (!row) throw new ProblemError('busy-try-again', { retryAfterSeconds: 1 });
    return { row, isNew };
  }

  return {
    /**
     * Lets everyone on the case see a file that the patient sent to this clinician. Pressed twice, or by twenty at once,
     * it shares once.
     * @throws ProblemError `state-conflict` for a file of the clinician's own, `not-found` for all else
     */
    async share(actor: ClinicianActor, origin: Origin, attachmentId: string): Promise<CaseAttachment> {
      // The name goes over from the talk's key to the case's. Keys may take their time: they are fetched beforehand.
      const found = await db.as(actor, (tx) => requireShareable(tx, actor, attachmentId));
      const { name } = openTalkFile(await dataKeys.of(found.talkId), found);
      const caseKey = await dataKeys.ensure({ kind: 'case', id: found.caseId });
      const id = newId();
      const share = { id, name: caseKey.sealText('case_attachments.name', id, name) };
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
      if (isNew) {
        const { caseId, talkId, patientId } = file;
        events.publish(people, { type: 'caseAttachment.changed', caseId });
        events.publish([actor.id, ...(patientId ? [patientId] : [])], {
          type: 'talk.changed',
          talkId,
          caseId,
        });
      }
      return presentCaseAttachment(openCaseFile(caseKey, row), actor);
    },
  };
}

export type SharingService = ReturnType<typeof createSharingService>;
