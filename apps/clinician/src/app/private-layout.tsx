import { RequireSession, type SignedOutReason } from '@casetalk/portal';
import { SignIn } from './sign-in.tsx';
import { Shell } from './shell.tsx';

const signIn = (reason: SignedOutReason) => <SignIn reason={reason} />;

/** Everything behind the sign-in. */
export function PrivateLayout() {
  return (
    <RequireSession signIn={signIn}>
      <Shell />
    </RequireSession>
  );
}
