/**
 * Where each thing is kept in the cache, both portals' things together, so that one table says what a live
 * update makes stale. A key begins with its noun; everything about one case begins with `['case', caseId]`.
 */
export const queryKeys = {
  session: ['session'] as const,
  sessions: ['sessions'] as const,
  /** A sign-in whose password was right, and which waits for the second factor. */
  signIn: ['signIn'] as const,
  secondFactors: ['secondFactors'] as const,
  terms: (language: string) => ['terms', language] as const,
  registration: ['registration'] as const,
  passwordReset: ['passwordReset'] as const,
  phoneChange: ['phoneChange'] as const,
  codeState: (verificationId: string, sentAt: string) => ['codeState', verificationId, sentAt] as const,
  receivedInvitations: ['receivedInvitations'] as const,

  talks: ['talks'] as const,
  talkList: (filters: Readonly<Record<string, unknown>> = {}) => ['talks', filters] as const,
  talk: (talkId: string) => ['talk', talkId] as const,
  talkDetail: (talkId: string) => ['talk', talkId, 'detail'] as const,
  talkMessages: (talkId: string) => ['talk', talkId, 'messages'] as const,
  talkUploads: (talkId: string) => ['talk', talkId, 'uploads'] as const,
  /** Goes stale with the uploads: one that is finished elsewhere moves from here to there. */
  talkUnfinished: (talkId: string) => ['talk', talkId, 'uploads', 'unfinished'] as const,
  talkDraft: (talkId: string) => ['talk', talkId, 'draft'] as const,
  talkArchive: (talkId: string) => ['talk', talkId, 'archive'] as const,
  talkGrants: (talkId: string) => ['talk', talkId, 'breakGlass'] as const,

  drafts: ['drafts'] as const,
  tasks: ['tasks'] as const,
  practiceSettings: ['practiceSettings'] as const,
  unsubscription: (token: string) => ['unsubscription', token] as const,
  noticeChoices: ['noticeChoices'] as const,
  accessEvents: ['accessEvents'] as const,
  accessEventList: (talkId: string | null) => ['accessEvents', talkId] as const,
  breakGlass: ['breakGlass'] as const,
  breakGlassList: ['breakGlass', 'list'] as const,
  breakGlassGrant: (grantId: string) => ['breakGlass', grantId, 'detail'] as const,
  breakGlassMessages: (grantId: string) => ['breakGlass', grantId, 'messages'] as const,

  cases: ['cases'] as const,
  caseList: (filters: Readonly<Record<string, unknown>> = {}) => ['cases', filters] as const,
  case: (caseId: string) => ['case', caseId] as const,
  caseDetail: (caseId: string) => ['case', caseId, 'detail'] as const,
  caseMembers: (caseId: string) => ['case', caseId, 'members'] as const,
  caseInvitations: (caseId: string) => ['case', caseId, 'invitations'] as const,
  caseAttachments: (caseId: string, filters?: Readonly<Record<string, unknown>>) =>
    filters
      ? (['case', caseId, 'attachments', filters] as const)
      : (['case', caseId, 'attachments'] as const),
  caseUnfinished: (caseId: string) => ['case', caseId, 'unfinishedUploads'] as const,
  caseArchive: (caseId: string) => ['case', caseId, 'archive'] as const,
  doctorTalkMessages: (caseId: string) => ['case', caseId, 'doctorTalk'] as const,
  doctorTalkDraft: (caseId: string) => ['case', caseId, 'doctorTalkDraft'] as const,
  clinicians: (filters: Readonly<Record<string, unknown>> = {}) => ['clinicians', filters] as const,
};
