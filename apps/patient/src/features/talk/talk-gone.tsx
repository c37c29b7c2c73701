import { useWords } from '@casetalk/portal';
import { EmptyState, PageTitle } from '@casetalk/ui';
import { IconMessageOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';

/** There is no such conversation for this person; whether there is one for another, nobody learns. */
export function TalkGone({ wide }: { readonly wide: boolean }) {
  const words = useWords();
  const patient = usePatientWords();
  if (!wide) {
    return (
      <>
        <PageTitle
          title={patient('talk.gone.title')}
          service={words('page.service')}
          lead={patient('talk.gone.text')}
        />
        <p>
          <Link to={paths.inbox}>{patient('talk.gone.back')}</Link>
        </p>
      </>
    );
  }
  return (
    <EmptyState
      icon={IconMessageOff}
      title={patient('talk.gone.title')}
      detail={patient('talk.gone.text')}
      action={<Link to={paths.inbox}>{patient('talk.gone.back')}</Link>}
    />
  );
}
