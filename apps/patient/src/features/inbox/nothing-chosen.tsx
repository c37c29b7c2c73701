import { EmptyState } from '@casetalk/ui';
import { IconMessages } from '@tabler/icons-react';
import { usePatientWords } from '../../language/use-patient-words.ts';

/** Beside the list, until a conversation is chosen. */
export function NothingChosen() {
  const patient = usePatientWords();
  return (
    <EmptyState icon={IconMessages} title={patient('inbox.choose')} detail={patient('inbox.choose.detail')} />
  );
}
