import type { ReactNode } from 'react';
import { LoadingPage } from '../page/loading-page.tsx';
import { UnreachablePage } from '../page/unreachable-page.tsx';
import { type SignedOutReason, useSession } from './session-context.ts';

export interface RequireSessionProps {
  /** The sign-in screen. It stands at the address that was asked for, so signing in leads straight back to it. */
  readonly signIn: (reason: SignedOutReason) => ReactNode;
  readonly children: ReactNode;
}

/** Shows what is below to a signed-in person alone; everybody else signs in first, in the same place. */
export function RequireSession({ signIn, children }: RequireSessionProps) {
  const { state, look } = useSession();
  switch (state.status) {
    case 'checking':
      return <LoadingPage />;
    case 'unreachable':
      return <UnreachablePage onRetry={() => void look()} />;
    case 'signedOut':
      return signIn(state.reason);
    case 'signedIn':
      break;
  }
  return children;
}
