export { type CodeReport, type CodeState, recordCodeFate } from './code-fate.repository.ts';
export type { CodeFlow } from './flow.ts';
export { createCodeSender } from './send-code.job.ts';
export {
  type CodeOutcome,
  createVerificationService,
  type Proved,
  type VerificationNeeds,
  type VerificationService,
} from './verifications.service.ts';
export { type Destination, destinationsOf, type Numbers, presentMethod } from './verifications.rules.ts';
