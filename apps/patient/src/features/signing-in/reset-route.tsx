import { PasswordResetScreen, UnsubscribeScreen } from '@casetalk/portal';
import { paths } from '../../app/paths.ts';

/** The emailed link of a forgotten password. */
export function ResetRoute() {
  return <PasswordResetScreen signInPath={paths.signIn} forgottenPath={paths.forgottenPassword} />;
}

/** The link at the foot of a notice or a reminder: needed as seldom, and by people who are not signed in. */
export function UnsubscribeRoute() {
  return <UnsubscribeScreen />;
}
