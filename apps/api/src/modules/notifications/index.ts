export { createAccountMailer } from './account-mail.job.ts';
export { createBreakGlassMailer } from './break-glass-mail.job.ts';
export { emailChangedMail, emailChangeMail } from './mails/email-change-mail.ts';
export { invitationMail, invitationReminderMail } from './mails/invitation-mail.ts';
export { invitationNoticeMail } from './mails/invitation-notice-mail.ts';
export { passwordResetMail } from './mails/password-reset-mail.ts';
export { unreadTaskMail } from './mails/unread-task-mail.ts';
export {
  type Addressed,
  openUnsubscribeToken,
  sealUnsubscribeToken,
  printOf,
  unsubscribePage,
  wayOut,
} from './unsubscribe-address.ts';
export { createNoticePoll, createTalkNoticeMailer } from './talk-notice.job.ts';
