/** Where the asking clinician's own talk with the patient stands; other clinicians' talks never show. */
export const myTalkStates = ['notInvited', 'invited', 'needsAttention', 'active', 'ended'] as const;

/** How somebody is told of unread messages. */
export const noticeChannels = ['email', 'text', 'none'] as const;

/** What a file is, for people: found from its content. */
export const fileKinds = ['image', 'pdf', 'document', 'video', 'dicom', 'model', 'archive'] as const;

/** Pictures whose metadata is taken out of what is shared with a case. */
export const cleanedPictures = [
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/tiff',
  'image/heic',
] as const;

/** Where a file’s preview stands. */
export const previewStates = ['none', 'making', 'ready'] as const;

/** What the access log tells of. */
export const accessActs = [
  'opened',
  'downloaded',
  'shared',
  'sharingStopped',
  'breakGlassStarted',
  'breakGlassEnded',
] as const;

/** Where an administrator’s emergency access stands. */
export const breakGlassStates = ['live', 'expired', 'ended'] as const;

/** Reads one of several choices out of anything; undefined when it is none of them. */
export const choiceOf = <T extends string>(choices: readonly T[], value: unknown): T | undefined =>
  choices.find((choice) => choice === value);
