import { Icon } from '@casetalk/ui';
import { IconUrgent } from '@tabler/icons-react';
import { usePatientWords } from '../language/use-patient-words.ts';
import classes from './emergency-line.module.css';

/** What this inbox is not for; above everything in it. */
export function EmergencyLine() {
  const patient = usePatientWords();
  return (
    <p className={classes.root}>
      <Icon of={IconUrgent} size="sm" />
      <span>
        <strong>{patient('inbox.emergency')}</strong> {patient('inbox.emergency.detail')}
      </span>
    </p>
  );
}
