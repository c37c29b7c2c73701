export { recordCodeFate } from './code-fate.repository.ts';
export type { CodeFlow } from './flow.ts';
export { giveUpCode } from './given-up.ts';
export { createCodeSender } from './send-code.job.ts';
export {
  createVerificationService,
  type VerificationService,
} from './verifications.service.ts';
export { destinationsOf, type Numbers, presentMethod } from './verifications.rules.ts';
