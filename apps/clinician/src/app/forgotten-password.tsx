import { ForgottenPasswordScreen } from '@casetalk/portal';

export function ForgottenPassword() {
  return <ForgottenPasswordScreen signInPath="/" />;
}
