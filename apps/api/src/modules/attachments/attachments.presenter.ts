import type { Attachment, CaseAttachment, ClinicianRole } from '@casetalk/contract';
import { type AttachmentViewer, attachmentAbilities, mayRemoveCaseAttachment } from './attachments.policy.ts';
import type { AttachmentRow } from './attachments.repository.ts';
import type { CaseAttachmentRow } from './case-attachments.repository.ts';

/** The file as one of the talk's two people sees it. */
export function presentAttachment(row: AttachmentRow, viewer: AttachmentViewer): Attachment {
  const { caseAttachmentId, sharedAt, sharedBy } = row;
  const share =
    caseAttachmentId !== null && sharedAt !== null && sharedBy !== null
      ? { caseAttachmentId, sharedAt: sharedAt.toISOString(), sharedBy }
      : null;
  return {
    id: row.id,
    talkId: row.talkId,
    messageId: row.messageId,
    name: row.name,
    mediaType: row.mediaType,
    kind: row.kind,
    size: row.size,
    sha256: row.sha256,
    scan: row.scan,
    preview: row.preview,
    pages: row.pages,
    sentBy: row.uploader,
    createdAt: row.createdAt.toISOString(),
    share,
    abilities: attachmentAbilities(viewer, {
      uploader: row.uploader,
      sent: row.messageId !== null,
      scan: row.scan,
      shared: share !== null,
    }),
  };
}

/** The file as someone who sees the case sees it: nothing of the talk that it may have come from. */
export function presentCaseAttachment(
  row: CaseAttachmentRow,
  viewer: { readonly id: string; readonly role: ClinicianRole },
): CaseAttachment {
  return {
    id: row.id,
    caseId: row.caseId,
    name: row.name,
    mediaType: row.mediaType,
    kind: row.kind,
    size: row.size,
    scan: row.scan,
    preview: row.preview,
    pages: row.pages,
    addedBy: { id: row.addedBy, name: row.addedByName },
    addedAt: row.addedAt.toISOString(),
    origin: row.origin,
    withoutMetadata: row.withoutMetadata,
    abilities: { remove: mayRemoveCaseAttachment(viewer, row) },
  };
}
