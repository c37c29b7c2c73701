import type { ReactNode } from 'react';
import { LoadingPage } from '../page/loading-page.tsx';
import { UnreachablePage } from '../page/unreachable-page.tsx';
import { type SignedOutReason, useSession } from './session-context.ts';

export interface RequireSessionProps {
  /** The sign-in screen. It stands at the address that was asked for, so signing in leads straight back to it. */
  readonly signIn: (reason: SignedOutReason) => ReactNode;
  /** Puts the portal's frame around whatever stands here until somebody is signed in. */
  readonly frame?: (screen: ReactNode) => ReactNode;
  readonly children: ReactNode;
}

const bare = (screen: ReactNode): ReactNode => screen;

/** Shows what is below to a signed-in person alone; everybody else signs in first, in the same place. */
export function RequireSession({ signIn, frame = bare, children }: RequireSessionProps) {
  const { state, look } = useSession();
  switch (state.status) {
    case 'checking':
      return frame(<LoadingPage />);
    case 'unreachable':
      return frame(<UnreachablePage onRetry={() => void look()} />);
    case 'signedOut':
      return frame(signIn(state.reason));
    case 'signedIn':
      break;
  }
  return children;
}
