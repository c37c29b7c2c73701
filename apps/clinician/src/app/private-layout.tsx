import { RequireSession } from '@casetalk/portal';
import { SignIn } from './sign-in.tsx';
import { Shell } from './shell.tsx';

/** Everything behind the sign-in. */
export function PrivateLayout() {
  return (
    <RequireSession signIn={(reason) => <SignIn reason={reason} />}>
      <Shell />
    </RequireSession>
  );
}
