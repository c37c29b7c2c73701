import { SignInSteps } from '@casetalk/portal';
import type { SignInProgress } from '@casetalk/contract';

/** What follows the password on a new device; a file of its own, so that the sign-in screen does not wait for it. */
export function SecondFactor({ progress }: { readonly progress: SignInProgress }) {
  return <SignInSteps progress={progress} />;
}
