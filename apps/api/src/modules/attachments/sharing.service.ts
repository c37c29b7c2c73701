import type { CaseAttachment } from '@casetalk/contract';
import type { ClinicianActor, Origin } from '../../actors.ts';
import type { Database, Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { peopleOnCase } from '../cases/index.ts';
import type { EventHub } from '../events/index.ts';
import { mayShare } from './attachments.policy.ts';
import { presentCaseAttachment } from './attachments.presenter.ts';
import { type AttachmentRecord, attachmentRepository } from './attachments.repository.ts';
import { type CaseAttachmentRow, caseAttachmentRepository } from './case-attachments.repository.ts';

export interface SharingNeeds {
  readonly db: Database;
  readonly events: Pick<EventHub, 'publish'>;
}

/** Share File: the one bridge from a talk to the case, and only for the file itself. */
export function createSharingService({ db, events }: SharingNeeds) {
  /** @returns the share, and whether this press made it */
  async function insert(
    tx: Tx,
    actor: ClinicianActor,
    file: AttachmentRecord,
  ): Promise<{ row: CaseAttachmentRow; isNew: boolean }> {
    const isNew = await caseAttachmentRepository.add(tx, {
      id: newId(),
      caseId: file.caseId,
      fileId: file.fileId,
      name: file.name,
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
      const { file, row, isNew, people } = await db.as(actor, async (tx) => {
        const file = await attachmentRepository.byId(tx, actor, attachmentId);
        if (!file) throw notFound();
        const facts = { uploader: file.uploader, sent: file.messageId !== null, scan: file.scan };
        if (!mayShare(facts)) {
          throw file.uploader === 'clinician' ? new ProblemError('state-conflict') : notFound();
        }
        const { row, isNew } = await insert(tx, actor, file);
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
      return presentCaseAttachment(row, actor);
    },
  };
}

export type SharingService = ReturnType<typeof createSharingService>;
