import { LoadingPage, UnreachablePage, useSession } from '@casetalk/portal';
import { Navigate } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useSignInHandover } from '../../app/sign-in-handover.ts';
import { SignInScreen } from './sign-in-screen.tsx';

/** The sign-in screen at its own address; who is signed in goes on to the portal. */
export function SignInRoute() {
  const { state, look } = useSession();
  const handover = useSignInHandover();
  switch (state.status) {
    case 'signedIn':
      return <Navigate to={handover.why === 'invited' ? paths.inbox : paths.home} replace />;
    case 'checking':
      return <LoadingPage />;
    case 'unreachable':
      return <UnreachablePage onRetry={() => void look()} />;
    case 'signedOut':
      break;
  }
  return <SignInScreen reason={state.reason} handover={handover} />;
}
