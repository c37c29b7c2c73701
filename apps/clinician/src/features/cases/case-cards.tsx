import type { CaseSummary } from '@casetalk/contract';
import { useLanguage } from '@casetalk/portal';
import { formatPlainDate, RelativeTime, UnreadBadge } from '@casetalk/ui';
import { Link } from 'react-router';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { DraftMark } from './draft-mark.tsx';
import { TalkStateTag } from './talk-state-tag.tsx';
import { unreadOf } from './unread.ts';
import classes from './case-cards.module.css';

/** The cases on a phone: one card each, the whole of it the way in. */
export function CaseCards({ cases }: { readonly cases: readonly CaseSummary[] }) {
  const t = useClinicianWords();
  const language = useLanguage();
  return (
    <ul className={classes.list}>
      {cases.map((found) => (
        <li key={found.id} className={classes.card}>
          <div className={classes.head}>
            <span className={classes.name}>{found.patientName}</span>
            <UnreadBadge count={unreadOf(found)} text={t('shell.unread', { count: unreadOf(found) })} />
          </div>
          <p className={classes.born}>
            {t('cases.bornShort', { date: formatPlainDate(found.patientBirthDate, language) })}
          </p>
          <p className={classes.title}>{found.title}</p>
          <div className={classes.foot}>
            <span className={classes.facts}>
              <TalkStateTag state={found.myTalk.state} />
              {found.status === 'closed' && <span>{t('cases.statusOf.closed')}</span>}
              <RelativeTime value={found.updatedAt} language={language} />
              <DraftMark found={found} />
            </span>
            <Link
              className={classes.view}
              to={`/cases/${found.id}`}
              aria-label={t('cases.viewNamed', { name: found.patientName })}
            >
              {t('cases.view')}
            </Link>
          </div>
        </li>
      ))}
    </ul>
  );
}
