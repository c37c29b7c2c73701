import type { Session, SignInProgress } from '@casetalk/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { forgetOld, forgetPerson, welcomePerson } from '../device/person-storage.ts';
import { queryKeys } from '../queries/query-keys.ts';
import { rememberSignIn, sessionQuery, signInQuery } from '../queries/session-queries.ts';
import {
  SessionContext,
  type SessionHandle,
  type SessionState,
  type SignedOutReason,
} from './session-context.ts';
import { useOtherTabs } from './use-other-tabs.ts';

/** What may stay in the cache when a person is gone: nothing that belongs to her. */
const keptWithoutPerson = new Set(['session', 'signIn', 'terms', 'registration', 'passwordReset']);

interface Known {
  readonly session: Session | null | undefined;
  readonly reason: SignedOutReason;
  /** The person pressed "Sign out", here or in another tab. */
  readonly leaving: boolean;
}

/** Why nobody is signed in, told from what was known before. */
function knownAfter(before: Known, session: Session | null): Known {
  if (session) return { session, reason: 'never', leaving: false };
  const reason = before.leaving ? 'left' : before.session ? 'expired' : before.reason;
  return { session, reason, leaving: false };
}

/** Keeps the session for every screen below, in step with the API and with the other tabs. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const { data, isError, isPending } = useQuery(sessionQuery());
  const { data: progress } = useQuery({ ...signInQuery(), enabled: data === null });
  const [known, setKnown] = useState<Known>({ session: undefined, reason: 'never', leaving: false });
  if (data !== undefined && data !== known.session) setKnown(knownAfter(known, data));
  const { reason } = known;
  const before = useRef<Session | null>(null);

  const forgetCaches = useCallback(() => {
    client.removeQueries({ predicate: ({ queryKey }) => !keptWithoutPerson.has(String(queryKey[0])) });
  }, [client]);

  const tell = useOtherTabs(
    useCallback(
      (message) => {
        if (message === 'left') {
          setKnown((now) => ({ ...now, leaving: true }));
          if (before.current) forgetPerson(before.current.me.id);
        }
        void client.invalidateQueries({ queryKey: queryKeys.session });
      },
      [client],
    ),
  );

  useEffect(() => forgetOld(Date.now()), []);

  useEffect(() => {
    const last = before.current;
    if (data === undefined) return;
    if (last && last.me.id !== data?.me.id) forgetCaches();
    if (data) welcomePerson(data.me.id);
    before.current = data;
  }, [data, forgetCaches]);

  const handle = useMemo<SessionHandle>(() => {
    const state: SessionState = data
      ? { status: 'signedIn', session: data }
      : data === null && progress !== undefined
        ? { status: 'signedOut', reason, progress }
        : isError && !isPending
          ? { status: 'unreachable' }
          : { status: 'checking' };
    const put = (session: Session | null) => client.setQueryData(queryKeys.session, session);
    const putProgress = (next: SignInProgress | null) => {
      rememberSignIn(next !== null);
      client.setQueryData(queryKeys.signIn, next);
    };
    const enter = (session: Session) => {
      put(session);
      putProgress(null);
      tell('changed');
    };
    return {
      state,
      async signIn(email, password) {
        const result = await api.signIn({ body: { email, password } });
        if (!result.ok) return result;
        if ('step' in result.data) putProgress(result.data);
        else enter(result.data);
        return result;
      },
      enter,
      async leaveSignIn(why) {
        if (why === 'chosen') await api.cancelSignIn();
        setKnown((now) => ({ ...now, reason: why === 'slow' ? 'slow' : 'never' }));
        putProgress(null);
      },
      async signOut() {
        const result = await api.signOut();
        if (result.ok || result.problem.code === 'unauthenticated') {
          setKnown((now) => ({ ...now, leaving: true }));
          if (data) forgetPerson(data.me.id);
          put(null);
          tell('left');
        }
        return result;
      },
      async renew() {
        const result = await api.renewSession();
        if (result.ok) put(result.data);
        else if (result.problem.code === 'unauthenticated') put(null);
      },
      look: () => client.invalidateQueries({ queryKey: queryKeys.session }),
    };
  }, [client, data, isError, isPending, progress, reason, tell]);

  return <SessionContext value={handle}>{children}</SessionContext>;
}
