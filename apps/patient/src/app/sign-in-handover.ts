import { useLocation } from 'react-router';

/** What a screen hands over to the sign-in screen; with the navigation, never in the address. */
export interface SignInHandover {
  /** The address that was registered just now. */
  readonly email?: string;
  /** `ready`: a fresh account; `invited`: an invitation for an account that exists. */
  readonly why?: 'ready' | 'invited';
}

/** Reads what the screen before handed over. */
export function useSignInHandover(): SignInHandover {
  const state: unknown = useLocation().state;
  return typeof state === 'object' && state !== null ? state : {};
}
