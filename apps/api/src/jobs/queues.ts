import type { Queue } from 'pg-boss';
import type { Provider } from './provider-circuits.repository.ts';
import type { JobName } from './queue.ts';

/** The schema that pg-boss keeps its tables in. */
export const queueSchema = 'pgboss';

/** Where jobs go that failed for good, so that somebody sees them. */
export const deadLetterQueue = 'dead';

/**
 * Tries follow each other after 1 s, 2 s, 4 s … with jitter, at most 5 minutes apart. Mail is tried for more than an hour, the longest
 * outage that must lose nothing; a code is dead after ten minutes and so is its job.
 */
const patience = { mail: 22, code: 10 } as const;

const every: Omit<Queue, 'name'> = {
  policy: 'standard',
  deadLetter: deadLetterQueue,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  // A worker that was killed gives its job back after this long.
  expireInSeconds: 30,
  // An outage of days loses nothing: what came too late to be of use is dropped when it runs.
  retentionSeconds: 14 * 86_400,
  deleteAfterSeconds: 86_400,
  notify: true,
};

export const queues: Readonly<Record<JobName, Omit<Queue, 'name'>>> = {
  'invitation.mail': { ...every, retryLimit: patience.mail },
  'invitation.reminder': { ...every, retryLimit: patience.mail },
  'invitation.notice': { ...every, retryLimit: patience.mail },
  'emailChange.mail': { ...every, retryLimit: patience.mail },
  'emailChange.notice': { ...every, retryLimit: patience.mail },
  'passwordReset.mail': { ...every, retryLimit: patience.mail },
  'account.mail': { ...every, retryLimit: patience.mail },
  'breakGlass.mail': { ...every, retryLimit: patience.mail },
  'unreadTask.mail': { ...every, retryLimit: patience.mail },
  'talk.notice': { ...every, retryLimit: patience.mail },
  'code.send': { ...every, retryLimit: patience.code },
};

export const jobNames = Object.keys(queues) as JobName[];

/** Whom a job needs. */
export const providerOf = (name: JobName): Provider => (name === 'code.send' ? 'phone' : 'mail');
