import type { Figure } from './figure.ts';
import { casesFigure, inboxFigure } from './growth.ts';
import { listFigure, sendFigure } from './hot-path.ts';
import { liveFigure } from './live.ts';
import { outageFigure } from './outage.ts';
import { portalsFigure } from './portals.ts';
import { revocationFigure } from './revocation.ts';
import { rowSecurityFigure } from './row-security.ts';
import { sealingFigure } from './sealing.ts';
import { signInStormFigure } from './sign-in-storm.ts';
import { startFigure } from './start.ts';
import { streamsFigure } from './streams.ts';
import { uploadFigure } from './upload.ts';
import { uploadsFigure } from './uploads.ts';

/** Everything that can be measured, in the order of the table. */
export const figures: readonly Figure[] = [
  sendFigure,
  listFigure,
  inboxFigure,
  casesFigure,
  rowSecurityFigure,
  sealingFigure,
  liveFigure,
  revocationFigure,
  uploadFigure,
  uploadsFigure,
  signInStormFigure,
  streamsFigure,
  portalsFigure,
  outageFigure,
  startFigure,
];
