import type { Result } from '@casetalk/client';
import type { Registration } from '@casetalk/contract';
import { StepProgress } from '@casetalk/ui';
import { usePatientWords } from '../../language/use-patient-words.ts';
import classes from './step.module.css';

/** What each step of the registration gets. */
export interface StepProps {
  readonly registration: Registration;
  /** A newer state, as the API answered it. */
  readonly put: (registration: Registration) => void;
  /** Ask where it stands: it may have gone on elsewhere, or be over. */
  readonly look: () => void;
}

const total = 4;

/** "Step 2 of 4". */
export function StepCount({ step }: { readonly step: number }) {
  const patient = usePatientWords();
  return (
    <div className={classes.count}>
      <StepProgress current={step} total={total} label={patient('step.of', { step, total })} />
    </div>
  );
}

const outOfStep = new Set(['unauthenticated', 'not-found', 'state-conflict']);

/** Looks again when an answer shows that the registration is not where this screen believes it to be. */
export async function inStep<T>(call: Promise<Result<T>>, look: () => void): Promise<Result<T>> {
  const result = await call;
  if (!result.ok && outOfStep.has(result.problem.code)) look();
  return result;
}
