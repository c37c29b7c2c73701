import type { Invitation } from '@casetalk/contract';
import { useLanguage } from '@casetalk/portal';
import { ExactTime, type Language, Pipeline, type PipelineStep } from '@casetalk/ui';
import { type ClinicianWords, useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { type InvitationStep, stepsOf } from './invitation-steps.ts';

const words = {
  done: 'done',
  current: 'next',
  waiting: 'open',
  failed: 'failed',
  skipped: 'skipped',
} as const satisfies Record<InvitationStep['state'], string>;

function drawn(step: InvitationStep, language: Language, t: ClinicianWords): PipelineStep {
  const detail = step.state === 'skipped' ? t('invitations.steps.skipped') : step.reason;
  return {
    id: step.id,
    label: t(`invitations.steps.${step.label}`),
    state: step.state === 'skipped' ? 'done' : step.state,
    stateText: t(`invitations.steps.stateOf.${words[step.state]}`),
    ...(step.at === null ? {} : { time: <ExactTime value={step.at} language={language} /> }),
    ...(detail === null ? {} : { detail }),
  };
}

/** The whole way of the invitation, each step with its time. */
export function InvitationPipeline({ invitation }: { readonly invitation: Invitation }) {
  const t = useClinicianWords();
  const language = useLanguage();
  return (
    <Pipeline
      label={t('invitations.steps.label')}
      steps={stepsOf(invitation).map((step) => drawn(step, language, t))}
    />
  );
}
