import { SignInForm, type SignedOutReason, useWords } from '@casetalk/portal';
import { PageTitle, StatusStrip } from '@casetalk/ui';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import type { SignInHandover } from '../../app/sign-in-handover.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';

export interface SignInScreenProps {
  readonly reason: SignedOutReason;
  readonly handover?: SignInHandover;
}

/** Email and password; says why one stands here, when there is a reason. */
export function SignInScreen({ reason, handover }: SignInScreenProps) {
  const words = useWords();
  const patient = usePatientWords();
  const { email, why } = handover ?? {};
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
