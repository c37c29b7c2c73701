import { PasswordResetScreen } from '@casetalk/portal';
import { paths } from '../../app/paths.ts';

/** The emailed link of a forgotten password. */
export function ResetRoute() {
  return <PasswordResetScreen signInPath={paths.signIn} forgottenPath={paths.forgottenPassword} />;
}
