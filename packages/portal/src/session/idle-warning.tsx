import type { Session } from '@casetalk/contract';
import { SessionWarning } from '@casetalk/ui';
import { useWords } from '../language/use-words.ts';
import { useSession } from './session-context.ts';
import { useIdleWarning } from './use-idle-warning.ts';

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

function Warning({ session }: { readonly session: Session }) {
  const words = useWords();
  const { renew, signOut } = useSession();
  const left = useIdleWarning(session);
  return (
    <SessionWarning
      opened={left !== null}
      title={words('session.idle.title')}
      detail={words('session.idle.detail')}
      timeLeft={clock(left ?? 0)}
      announcement={words('session.idle.announce')}
      stayLabel={words('session.idle.stay')}
      signOutLabel={words('page.signOut')}
      onStay={() => void renew()}
      onSignOut={() => void signOut()}
    />
  );
}

/** Warns two minutes before the session ends. Mount it once inside of `RequireSession`. */
export function IdleWarning() {
  const { state } = useSession();
  return state.status === 'signedIn' ? <Warning session={state.session} /> : null;
}
