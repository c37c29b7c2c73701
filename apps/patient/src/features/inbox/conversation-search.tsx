import { Icon, TextField } from '@casetalk/ui';
import { IconSearch } from '@tabler/icons-react';
import { useId } from 'react';
import { usePatientWords } from '../../language/use-patient-words.ts';

export interface ConversationSearchProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** Finds a conversation by person, practice or subject. */
export function ConversationSearch({ value, onChange }: ConversationSearchProps) {
  const patient = usePatientWords();
  const id = useId();
  return (
    <search>
      <TextField
        id={id}
        label={patient('inbox.search')}
        type="search"
        value={value}
        leftSection={<Icon of={IconSearch} size="sm" />}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </search>
  );
}
