import { useWords } from '@casetalk/portal';
import { PageTitle } from '@casetalk/ui';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';

/** No registration is under way in this browser: it was paused, or it is done. */
export function PausedPage() {
  const words = useWords();
  const patient = usePatientWords();
  return (
    <>
      <PageTitle
        title={patient('registration.paused.title')}
        service={words('page.service')}
        lead={patient('registration.paused.text')}
      />
      <p>
        <Link to={paths.signIn}>{words('forgot.toSignIn')}</Link>
      </p>
    </>
  );
}
