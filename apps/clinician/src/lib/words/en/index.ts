import { attachments } from './attachments.ts';
import { cases } from './cases.ts';
import { emergency } from './emergency.ts';
import { invitations } from './invitations.ts';
import { practice } from './practice.ts';
import { secondFactor } from './second-factor.ts';
import { shell } from './shell.ts';
import { tasks } from './tasks.ts';
import { talks } from './talks.ts';

/** Every sentence of the clinician portal in English. Another language brings the same keys. */
export const en = {
  ...shell,
  ...cases,
  ...invitations,
  ...talks,
  ...tasks,
  ...attachments,
  ...practice,
  ...secondFactor,
  ...emergency,
} as const;
