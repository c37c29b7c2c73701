import {
  IdleWarning,
  RequireSession,
  type SignedOutReason,
  switchLanguage,
  talksQuery,
  useLiveUpdates,
  usePatientMe,
} from '@casetalk/portal';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { Outlet } from 'react-router';
import { SignInScreen } from '../features/signing-in/sign-in-screen.tsx';
import { PageFrame } from './page-frame.tsx';
import { useShowPractice } from './shown-practice.ts';

const TermsDue = lazy(() =>
  import('../features/terms/terms-due-screen.tsx').then((module) => ({ default: module.TermsDueScreen })),
);

const signIn = (reason: SignedOutReason) => <SignInScreen reason={reason} />;
const frame = (screen: ReactNode) => <PageFrame>{screen}</PageFrame>;

/** What a signed-in patient sees, kept up to date; new terms come before anything else. */
export function SignedIn() {
  return (
    <RequireSession signIn={signIn} frame={frame}>
      <WithPatient />
    </RequireSession>
  );
}

function WithPatient() {
  const me = usePatientMe();
  useEffect(() => void switchLanguage(me.language, 'offered'), [me.language]);
  return (
    <>
      <IdleWarning />
      {me.termsDue ? (
        <PageFrame>
          <Suspense fallback={null}>
            <TermsDue />
          </Suspense>
        </PageFrame>
      ) : (
        <Live />
      )}
    </>
  );
}

/** The one practice of all this patient's conversations; with several, each conversation shows its own. */
function useOnlyPractice() {
  const talks = useInfiniteQuery(talksQuery()).data?.pages.flatMap((page) => page.data) ?? [];
  const [first, ...others] = new Map(
    talks.map(({ clinician }) => [
      clinician.practiceName,
      { name: clinician.practiceName, phone: clinician.practicePhone },
    ]),
  ).values();
  useShowPractice(others.length === 0 ? first : undefined);
}

function Live() {
  useLiveUpdates();
  useOnlyPractice();
  return <Outlet />;
}
