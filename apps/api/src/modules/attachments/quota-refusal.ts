import { ProblemError } from '../../problem-error.ts';
import { quotaAdvice, type UploadRefusal } from './attachments.rules.ts';

/** The refusal of an upload that does not fit, with what would help. */
export const refused = ({ code, quota }: UploadRefusal): ProblemError =>
  new ProblemError(code, quota ? { quota, detail: quotaAdvice[quota] } : {});
