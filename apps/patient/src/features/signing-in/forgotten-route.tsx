import { ForgottenPasswordScreen } from '@casetalk/portal';
import { paths } from '../../app/paths.ts';

/** "I forgot my password". */
export function ForgottenRoute() {
  return <ForgottenPasswordScreen signInPath={paths.signIn} />;
}
