import type { Attack } from './attack.ts';
import { t1 } from './t01-access.ts';
import { t2 } from './t02-foreign-ids.ts';
import { t3 } from './t03-two-worlds.ts';
import { t4 } from './t04-cited-files.ts';
import { t5 } from './t05-sharing.ts';
import { t6 } from './t06-access-ended.ts';
import { t7 } from './t07-mass-assignment.ts';
import { t8 } from './t08-administrators.ts';
import { t9 } from './t09-pooled-requests.ts';
import { t10 } from './t10-takeover.ts';
import { t11 } from './t11-known-or-not.ts';
import { t12 } from './t12-tokens.ts';
import { t13 } from './t13-double-accept.ts';
import { t14 } from './t14-scanners.ts';
import { t15 } from './t15-forged-hosts.ts';
import { t16 } from './t16-someone-else.ts';
import { t17 } from './t17-skipped-steps.ts';
import { t18 } from './t18-what-leaves.ts';
import { t19 } from './t19-old-links.ts';
import { t20 } from './t20-guessed-codes.ts';
import { t21 } from './t21-used-twice.ts';
import { t22 } from './t22-foreign-codes.ts';
import { t23 } from './t23-leaked-codes.ts';
import { t24 } from './t24-pumping.ts';
import { t25 } from './t25-many-addresses.ts';
import { t26 } from './t26-voicemail.ts';
import { t27 } from './t27-guessed-passwords.ts';

/** Talk privacy, invitations, secret codes: T1 to T27. */
export const firstHalf: readonly Attack[] = [
  t1,
  t2,
  t3,
  t4,
  t5,
  t6,
  t7,
  t8,
  t9,
  t10,
  t11,
  t12,
  t13,
  t14,
  t15,
  t16,
  t17,
  t18,
  t19,
  t20,
  t21,
  t22,
  t23,
  t24,
  t25,
  t26,
  t27,
];
