import { useWords } from '@casetalk/portal';
import { PageTitle } from '@casetalk/ui';
import { usePatientWords } from '../../language/use-patient-words.ts';

/** The invitation reached the wrong person, who said so. */
export function ReportedPage() {
  const words = useWords();
  const patient = usePatientWords();
  return (
    <PageTitle
      title={patient('link.reported.title')}
      service={words('page.service')}
      lead={patient('link.reported.text')}
    />
  );
}
