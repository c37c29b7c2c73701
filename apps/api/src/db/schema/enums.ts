import { pgEnum } from 'drizzle-orm/pg-core';

export const portal = pgEnum('portal', ['clinician', 'patient']);
export const clinicianRole = pgEnum('clinician_role', ['doctor', 'staff', 'caseManager', 'administrator']);
export const noticeChannel = pgEnum('notice_channel', ['email', 'text', 'none']);
export const language = pgEnum('language', ['en', 'es']);
export const caseStatus = pgEnum('case_status', ['open', 'closed']);
export const invitationState = pgEnum('invitation_state', [
  'pending',
  'opened',
  'verified',
  'accepted',
  'expired',
  'revoked',
  'declined',
  'reported',
]);
export const mailDelivery = pgEnum('mail_delivery', [
  'queued',
  'sent',
  'delivered',
  'deferred',
  'bounced',
  'failed',
  'blocked',
  'spam',
]);
export const channel = pgEnum('channel', ['text', 'call']);
export const phoneKind = pgEnum('phone_kind', ['mobile', 'landline']);
export const assurance = pgEnum('assurance', ['clinic', 'invitee']);
export const verificationState = pgEnum('verification_state', ['sending', 'sent', 'delivered', 'failed']);
export const fileKind = pgEnum('file_kind', [
  'image',
  'pdf',
  'document',
  'video',
  'dicom',
  'model',
  'archive',
]);
export const previewState = pgEnum('preview_state', ['none', 'making', 'ready']);
export const scanState = pgEnum('scan_state', ['notScanned', 'checking', 'clean', 'infected']);
export const attachmentOrigin = pgEnum('attachment_origin', ['upload', 'patientTalk']);
