import type { ClinicianRole, ScanState } from '@casetalk/contract';

/** What decides about a file of a talk. */
export interface AttachmentFacts {
  readonly uploader: 'clinician' | 'patient';
  readonly sent: boolean;
  readonly scan: ScanState;
  readonly shared: boolean;
}

/**
 * Who looks: for these decisions the kind of person is enough, since nobody but a talk's two people gets its rows, and an
 * administrator while it is open to her in an emergency, who may do nothing.
 */
export interface AttachmentViewer {
  readonly kind: 'clinician' | 'patient' | 'breakGlass';
}

/** No scanner looks at files here, or one has and found nothing. What is still being looked at is neither. */
const isOpen = (scan: ScanState): boolean => scan === 'notScanned' || scan === 'clean';

/** A file may be shared with the case when the patient has sent it and it may be opened. */
export const mayShare = (facts: Omit<AttachmentFacts, 'shared'>): boolean =>
  facts.sent && facts.uploader === 'patient' && isOpen(facts.scan);

/** Share File stands beside what the patient sent, in that clinician's own talk, until it is shared. */
export function attachmentAbilities(
  viewer: AttachmentViewer,
  facts: AttachmentFacts,
): { share: boolean; stopSharing: boolean; remove: boolean } {
  const isClinician = viewer.kind === 'clinician';
  return {
    share: isClinician && mayShare(facts) && !facts.shared,
    stopSharing: isClinician && facts.shared,
    remove: !facts.sent && facts.uploader === viewer.kind,
  };
}

/** What decides about a file that everyone on the case can see. */
export interface CaseAttachmentFacts {
  readonly origin: 'upload' | 'patientTalk';
  readonly addedBy: string;
}

/**
 * A share is ended by the clinician who shared it; an upload is taken back by its uploader or by any doctor on the
 * case. The viewer is known to see the case, and a doctor sees it only as its member.
 */
export const mayRemoveCaseAttachment = (
  viewer: { readonly id: string; readonly role: ClinicianRole },
  facts: CaseAttachmentFacts,
): boolean => facts.addedBy === viewer.id || (facts.origin === 'upload' && viewer.role === 'doctor');

/** Bytes leave once nothing was found in them; where no scanner looks they do too, and are marked as not scanned. */
export const mayDownload = (facts: { readonly scan: ScanState }): boolean => isOpen(facts.scan);
