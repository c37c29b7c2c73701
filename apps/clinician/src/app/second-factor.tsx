import { SignInSteps } from '@casetalk/portal';
import type { SignInProgress } from '@casetalk/contract';
import { Enrolment } from '../features/second-factor/enrolment.tsx';

/** What follows the password; a file of its own, so that the sign-in screen does not wait for it. */
export function SecondFactor({ progress }: { readonly progress: SignInProgress }) {
  return <SignInSteps progress={progress} enrolment={<Enrolment />} />;
}
