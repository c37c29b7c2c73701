import type { Attack } from './attack.ts';
import { t28 } from './t28-enumeration.ts';
import { t29 } from './t29-truncated-password.ts';
import { t30 } from './t30-hash-flood.ts';
import { t31 } from './t31-before-signing-in.ts';
import { t32 } from './t32-forged-tokens.ts';
import { t33, t36 } from './t33-t36-sessions.ts';
import { t34 } from './t34-cross-site.ts';
import { t35 } from './t35-markup.ts';
import { t37 } from './t37-active-files.ts';
import { t38, t39 } from './t38-t39-file-names.ts';
import { t40 } from './t40-disguises.ts';
import { t41 } from './t41-malware.ts';
import { t42 } from './t42-bombs.ts';
import { t43 } from './t43-multipart-flood.ts';
import { t44 } from './t44-cut-uploads.ts';
import { t45 } from './t45-upload-without-account.ts';
import { t46 } from './t46-kept-pages.ts';
import { t47 } from './t47-injection.ts';
import { t48 } from './t48-content-types.ts';
import { t49 } from './t49-slow-sockets.ts';
import { t50 } from './t50-foreign-addresses.ts';
import { t51 } from './t51-canaries-in-logs.ts';
import { t52 } from './t52-altered-audit.ts';
import { t53 } from './t53-stolen-copies.ts';
import { t54 } from './t54-packages.ts';

/** Sign-in and session, files, platform: T28 to T54. */
export const secondHalf: readonly Attack[] = [
  t28,
  t29,
  t30,
  t31,
  t32,
  t33,
  t34,
  t35,
  t36,
  t37,
  t38,
  t39,
  t40,
  t41,
  t42,
  t43,
  t44,
  t45,
  t46,
  t47,
  t48,
  t49,
  t50,
  t51,
  t52,
  t53,
  t54,
];
