import type { FileKind, ScanState } from '@casetalk/contract';

/** A file of the case as the repository reads it. */
export interface CaseAttachmentRow {
  readonly id: string;
  readonly caseId: string;
  readonly fileId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly kind: FileKind;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly scan: ScanState;
  readonly origin: 'upload' | 'patientTalk';
  readonly addedBy: string;
  readonly addedByName: string;
  readonly addedAt: Date;
}
