import { anchorsFileOf, verdictLines, verifyAudit } from './modules/audit/index.ts';
import { readAuditSettings } from './settings.ts';

/** Holds the audit against its chain and its anchors. Ends with 1 when anything was tampered with. */
const settings = readAuditSettings();
const anchorsFile = anchorsFileOf(settings);
const verdict = await verifyAudit(settings.JOBS_DATABASE_URL, anchorsFile);
process.stdout.write(`${verdictLines(verdict, anchorsFile).join('\n')}\n`);
process.exitCode = verdict.tampering ? 1 : 0;
