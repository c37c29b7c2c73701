import { useWords } from '@casetalk/portal';
import { PageTitle } from '@casetalk/ui';
import { usePatientWords } from '../../language/use-patient-words.ts';

/** The terms were not accepted: the invitation is over, and nothing was kept. */
export function DeclinedScreen() {
  const words = useWords();
  const patient = usePatientWords();
  return (
    <PageTitle
      title={patient('declined.title')}
      service={words('page.service')}
      lead={patient('declined.text')}
    />
  );
}
