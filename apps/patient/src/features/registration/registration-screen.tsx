import { LoadingPage, TryAgain } from '@casetalk/portal';
import { Navigate } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useShowPractice } from '../../app/shown-practice.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import { CodeSteps } from './code-steps.tsx';
import { PasswordStep } from './password-step.tsx';
import { PausedPage } from './paused-page.tsx';
import { TermsStep } from './terms-step.tsx';
import { useRegistration } from './use-registration.ts';

/** The four steps from the link to a usable account; where one stands is the API's to say, so it resumes anywhere. */
export function RegistrationScreen() {
  const patient = usePatientWords();
  const { registration, error, put, look } = useRegistration();
  useShowPractice(registration?.practice);

  if (error) return <TryAgain title={patient('registration.failed')} error={error} onRetry={look} />;
  if (registration === undefined) return <LoadingPage />;
  if (registration === null) return <PausedPage />;
  const step = { registration, put, look };
  switch (registration.step) {
    case 'method':
    case 'code':
      return <CodeSteps {...step} />;
    case 'terms':
      return <TermsStep {...step} />;
    case 'password':
      return <PasswordStep {...step} />;
    case 'done':
      break;
  }
  return <Navigate to={paths.registered} replace />;
}
