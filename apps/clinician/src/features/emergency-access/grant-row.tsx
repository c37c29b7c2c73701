import type { BreakGlassGrant } from '@casetalk/contract';
import { useLanguage } from '@casetalk/portal';
import { formatDateTime, formatTime, Icon } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import classes from './grant-row.module.css';

/** One emergency access: whose talk, when, why, and the way to it while it is open. */
export function GrantRow({ grant }: { readonly grant: BreakGlassGrant }) {
  const t = useClinicianWords();
  const language = useLanguage();
  const live = grant.state === 'live';
  const clinician = grant.clinician.name;
  const values = {
    from: formatDateTime(grant.startedAt, language),
    to: formatTime(grant.endedAt ?? grant.expiresAt, language),
    name: grant.endedBy ?? '',
  };
  const way = grant.abilities.read ? 'read' : 'see';
  const when = live ? 'untilTime' : grant.endedAt === null ? 'expired' : 'endedBy';
  return (
    <li className={classes.row}>
      <span className={classes.mark} data-live={live || undefined}>
        <Icon of={live ? IconShieldExclamation : IconShieldCheck} />
      </span>
      <div className={classes.words}>
        <p className={classes.title}>
          {grant.patientName === null
            ? t('emergencyAccess.talkOfOne', { clinician })
            : t('emergencyAccess.talkOf', { clinician, patient: grant.patientName })}
        </p>
        <p className={classes.quiet}>{t(`emergencyAccess.${when}`, values)}</p>
        {!grant.administrator.me && (
          <p className={classes.quiet}>{t('emergencyAccess.by', { name: grant.administrator.name })}</p>
        )}
        <p className={classes.reason}>{t('emergencyAccess.reasonGiven', { reason: grant.reason })}</p>
      </div>
      {(grant.abilities.read || grant.abilities.end) && (
        <Button
          component={Link}
          to={`/emergency-access/${grant.id}`}
          variant="default"
          aria-label={t(`emergencyAccess.${way}Named`, { clinician })}
        >
          {t(`emergencyAccess.${way}`)}
        </Button>
      )}
    </li>
  );
}
