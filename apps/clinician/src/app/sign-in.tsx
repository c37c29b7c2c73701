import { LoadingPage, SignInForm, type SignedOutReason, useSession, useWords } from '@casetalk/portal';
import { PageTitle, StatusStrip } from '@casetalk/ui';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import { useClinicianWords } from '../lib/words/use-clinician-words.ts';
import { PublicPage } from './public-layout.tsx';
import classes from './sign-in.module.css';

const SecondFactor = lazy(() =>
  import('./second-factor.tsx').then((module) => ({ default: module.SecondFactor })),
);

/** Sign in, at whichever address was asked for: signing in leads straight back to it. */
export function SignIn({ reason }: { readonly reason: SignedOutReason }) {
  const words = useWords();
  const t = useClinicianWords();
  const { state } = useSession();
  const progress = state.status === 'signedOut' ? state.progress : null;
  if (progress) {
    return (
      <PublicPage>
        <div className={classes.card} data-wide={progress.step === 'enrolment' || undefined}>
          <Suspense fallback={<LoadingPage />}>
            <SecondFactor progress={progress} />
          </Suspense>
        </div>
      </PublicPage>
    );
  }
  return (
    <PublicPage>
      {reason !== 'never' && (
        <StatusStrip tone={reason === 'left' ? 'success' : 'info'} title={words(`session.${reason}`)} />
      )}
      <div className={classes.card}>
        <PageTitle title={words('signIn.title')} service={t('shell.service')} lead={t('shell.signInLead')} />
        <SignInForm
          footer={
            <p>
              <Link to="/forgotten-password">{words('signIn.forgot')}</Link>
            </p>
          }
        />
      </div>
    </PublicPage>
  );
}
