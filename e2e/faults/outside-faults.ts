import { mailProviderOut } from './f01-mail-provider-out.ts';
import { addressRefused, takenAndNotAnswered } from './f02-f03-mail-answers.ts';
import { codesNotDelivered, phoneProviderOut } from './f04-f05-phone-provider.ts';
import { bothProvidersOut } from './f06-both-providers-out.ts';
import { noAudit } from './f20-no-audit.ts';
import { slowUploads, tooLongFiles } from './f25-f26-uploads.ts';
import { slowReaders } from './f27-slow-readers.ts';
import { sentAgain } from './f28-same-key.ts';
import { poisonJobs } from './f29-poison-jobs.ts';
import { scannerOut } from './f30-scanner-out.ts';
import { flippedBits } from './f32-flipped-bits.ts';
import { restoreDrill } from './f35-restore-drill.ts';
import type { Fault } from './fault.ts';

/** Faults of what comes from outside and of what is kept: providers, clients, uploads, the scanner, altered bytes. */
export const outsideFaults: readonly Fault[] = [
  mailProviderOut,
  takenAndNotAnswered,
  addressRefused,
  phoneProviderOut,
  codesNotDelivered,
  bothProvidersOut,
  noAudit,
  tooLongFiles,
  slowUploads,
  slowReaders,
  sentAgain,
  poisonJobs,
  scannerOut,
  flippedBits,
  restoreDrill,
];
