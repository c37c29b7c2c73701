import { Icon } from '@casetalk/ui';
import { IconUrgent } from '@tabler/icons-react';
import { usePatientWords } from '../language/use-patient-words.ts';
import classes from './emergency-line.module.css';

/** What this inbox is not for; above everything in it. */
export function EmergencyLine() {
  const patient = usePatientWords();
  return (
    <aside className={classes.root} aria-label={patient('inbox.emergency')}>
      <Icon of={IconUrgent} size="sm" />
      <p>
        <strong>{patient('inbox.emergency')}</strong>{' '}
        <span className={classes.detail}>{patient('inbox.emergency.detail')}</span>
      </p>
    </aside>
  );
}
