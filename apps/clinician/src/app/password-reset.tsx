import { PasswordResetScreen } from '@casetalk/portal';

export function PasswordReset() {
  return <PasswordResetScreen signInPath="/" forgottenPath="/forgotten-password" />;
}
