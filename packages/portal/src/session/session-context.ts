import type { Result } from '@casetalk/client';
import type { ClinicianMe, Me, PatientMe, Session, SignInProgress } from '@casetalk/contract';
import { createContext, use } from 'react';

/** Why nobody is signed in: never was, time ran out, the person left, or the second factor came too late. */
export type SignedOutReason = 'never' | 'expired' | 'left' | 'slow';

export type SessionState =
  | { readonly status: 'checking' }
  | { readonly status: 'unreachable' }
  | {
      readonly status: 'signedOut';
      readonly reason: SignedOutReason;
      /** The password was right; the second factor is asked for. */
      readonly progress: SignInProgress | null;
    }
  | { readonly status: 'signedIn'; readonly session: Session };

export interface SessionHandle {
  readonly state: SessionState;
  /** Begins to sign in; the session, or the sign-in that waits for a second factor, then stands in `state`. */
  signIn(email: string, password: string): Promise<Result<Session | SignInProgress>>;
  /** The second factor was right: this session begins. */
  enter(session: Session): void;
  /** Gives up the sign-in that waits: by choice, or because it took too long. */
  leaveSignIn(why: 'chosen' | 'slow'): Promise<void>;
  /** Signs out here and in every tab, and forgets what this device kept of the person. */
  signOut(): Promise<Result<unknown>>;
  /** Counts as activity: the session lasts as long again. */
  renew(): Promise<void>;
  /** Looks at the session again, such as after the account changed. */
  look(): Promise<void>;
}

export const SessionContext = createContext<SessionHandle | null>(null);

/**
 * The session and what one can do with it.
 *
 * @throws Error when no `SessionProvider` stands above.
 */
export function useSession(): SessionHandle {
  const handle = use(SessionContext);
  if (!handle) throw new Error('useSession needs a SessionProvider above it.');
  return handle;
}

/**
 * The signed-in person.
 *
 * @throws Error outside of `RequireSession`.
 */
export function useMe(): Me {
  const { state } = useSession();
  if (state.status !== 'signedIn') throw new Error('useMe needs RequireSession above it.');
  return state.session.me;
}

/** The signed-in patient; only for the patient portal's screens. */
export function usePatientMe(): PatientMe {
  const me = useMe();
  if (me.kind !== 'patient') throw new Error('A patient is needed here.');
  return me;
}

/** The signed-in clinician; only for the clinician portal's screens. */
export function useClinicianMe(): ClinicianMe {
  const me = useMe();
  if (me.kind !== 'clinician') throw new Error('A clinician is needed here.');
  return me;
}
