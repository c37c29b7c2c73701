import { SignInForm, type SignedOutReason, useWords } from '@casetalk/portal';
import { PageTitle, StatusStrip } from '@casetalk/ui';
import { Link } from 'react-router';
import { useClinicianWords } from '../lib/words/use-clinician-words.ts';
import { PublicPage } from './public-layout.tsx';
import classes from './sign-in.module.css';

/** Sign in, at whichever address was asked for: signing in leads straight back to it. */
export function SignIn({ reason }: { readonly reason: SignedOutReason }) {
  const words = useWords();
  const t = useClinicianWords();
  return (
    <PublicPage>
      {reason === 'expired' && <StatusStrip tone="info" title={words('session.expired')} />}
      {reason === 'left' && <StatusStrip tone="success" title={words('session.left')} />}
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
