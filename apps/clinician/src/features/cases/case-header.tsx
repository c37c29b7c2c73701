import type { Case } from '@casetalk/contract';
import { useLanguage } from '@casetalk/portal';
import { formatPlainDate, Icon, usePageHeading } from '@casetalk/ui';
import { IconArrowLeft, IconCake, IconCircleCheck, IconCircleDot, IconUsersGroup } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { caseListPath } from './case-list-place.ts';
import classes from './case-header.module.css';

interface CaseHeaderProps {
  readonly found: Case;
  /** Stands before the patient's name in the browser's tab: "(2) Patient Talk - ". */
  readonly titlePrefix: string;
  /** "Invite Patient", until this clinician has. */
  readonly action?: ReactNode;
}

/** Who the case is about, always in sight above its tabs. */
export function CaseHeader({ found, titlePrefix, action }: CaseHeaderProps) {
  const t = useClinicianWords();
  const language = useLanguage();
  const heading = usePageHeading({
    title: found.patientName,
    service: t('shell.service'),
    prefix: titlePrefix,
  });
  return (
    <header className={classes.root}>
      <Link className={classes.back} to={caseListPath()}>
        <Icon of={IconArrowLeft} size="sm" />
        {t('cases.header.back')}
      </Link>
      <h1 ref={heading} tabIndex={-1}>
        {found.patientName}
      </h1>
      <ul className={classes.facts}>
        <li className={classes.title}>{found.title}</li>
        <li>
          <Icon of={IconCake} size="sm" />
          {t('cases.header.born', { date: formatPlainDate(found.patientBirthDate, language) })}
        </li>
        <li>
          <Icon of={found.status === 'open' ? IconCircleDot : IconCircleCheck} size="sm" />
          {t(`cases.statusOf.${found.status}`)}
        </li>
        <li>
          <Icon of={IconUsersGroup} size="sm" />
          <Link to={`/cases/${found.id}#members`}>
            {t('cases.header.team', { count: found.memberCount })}
          </Link>
        </li>
      </ul>
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </header>
  );
}
