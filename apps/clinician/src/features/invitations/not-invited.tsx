import { Icon } from '@casetalk/ui';
import { IconLock } from '@tabler/icons-react';
import { Trans } from 'react-i18next';
import { clinicianNamespace, useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import classes from './not-invited.module.css';

interface NotInvitedProps {
  readonly patientName: string;
  readonly mayInvite: boolean;
  readonly onInvite: () => void;
}

/** Patient Talk before this clinician has invited: what it is, what happens, and the one button. */
export function NotInvited({ patientName, mayInvite, onInvite }: NotInvitedProps) {
  const t = useClinicianWords();
  return (
    <div className={classes.root}>
      <span className={classes.icon}>
        <Icon of={IconLock} size="xl" />
      </span>
      <h3>{t('invitations.explain.title', { name: patientName })}</h3>
      <p>{t('invitations.explain.text', { name: patientName })}</p>
      <p className={classes.how}>{t('invitations.explain.how', { name: patientName })}</p>
      {mayInvite ? (
        <p className={classes.sentence}>
          <Trans
            ns={clinicianNamespace}
            i18nKey="invitations.explain.sentence"
            values={{ name: patientName }}
            components={{
              action: (
                <button
                  type="button"
                  id="invite-from-talk"
                  className={classes.action}
                  aria-label={`${t('invitations.explain.clickHere')}: ${t('invitations.explain.action', { name: patientName })}`}
                  onClick={onInvite}
                />
              ),
            }}
          />
        </p>
      ) : (
        <p className={classes.how}>{t('invitations.explain.cannot')}</p>
      )}
    </div>
  );
}
