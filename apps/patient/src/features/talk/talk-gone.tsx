import { EmptyState } from '@casetalk/ui';
import { IconMessageOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';

/** There is no such conversation for this person; whether there is one for another, nobody learns. */
export function TalkGone() {
  const patient = usePatientWords();
  return (
    <EmptyState
      icon={IconMessageOff}
      title={patient('talk.gone.title')}
      detail={patient('talk.gone.text')}
      action={<Link to={paths.inbox}>{patient('talk.gone.back')}</Link>}
    />
  );
}
