import { LoadingPage, SignInForm, type SignedOutReason, useSession, useWords } from '@casetalk/portal';
import { PageTitle, StatusStrip } from '@casetalk/ui';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import type { SignInHandover } from '../../app/sign-in-handover.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';

const SecondFactor = lazy(() =>
  import('./second-factor.tsx').then((module) => ({ default: module.SecondFactor })),
);

export interface SignInScreenProps {
  readonly reason: SignedOutReason;
  readonly handover?: SignInHandover;
}

/** Email and password, and on a new device a second proof; says why one stands here, when there is a reason. */
export function SignInScreen({ reason, handover }: SignInScreenProps) {
  const words = useWords();
  const patient = usePatientWords();
  const { state } = useSession();
  const { email, why } = handover ?? {};
  if (state.status === 'signedOut' && state.progress) {
    return (
      <Suspense fallback={<LoadingPage />}>
        <SecondFactor progress={state.progress} />
      </Suspense>
    );
  }
  return (
    <>
      <PageTitle title={patient('signIn.title')} service={words('page.service')} />
      {why !== undefined && <StatusStrip tone="info" title={patient(`signIn.${why}`)} />}
      {why === undefined && reason !== 'never' && (
        <StatusStrip tone={reason === 'left' ? 'success' : 'info'} title={words(`session.${reason}`)} />
      )}
      <SignInForm
        {...(email === undefined ? {} : { email })}
        footer={
          <p>
            <Link to={paths.forgottenPassword}>{words('signIn.forgot')}</Link>
          </p>
        }
      />
    </>
  );
}
