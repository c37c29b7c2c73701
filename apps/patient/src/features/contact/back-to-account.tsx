import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';

/** The way back to the account page. */
export function BackToAccount() {
  const patient = usePatientWords();
  return (
    <p>
      <Link to={paths.account}>{patient('contact.back')}</Link>
    </p>
  );
}
