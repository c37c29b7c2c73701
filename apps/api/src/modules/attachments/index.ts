export { presentAttachment, presentCaseAttachment } from './attachments.presenter.ts';
export type { AttachmentRow } from './attachments.repository.ts';
export type { CaseAttachmentRow } from './case-attachments.repository.ts';
export { claimUploads, filesOfMessagesFor } from './message-files.service.ts';
