import type { CaseSummary } from '@casetalk/contract';
import { useLanguage } from '@casetalk/portal';
import {
  type DataColumn,
  DataTable,
  formatPlainDate,
  type Language,
  RelativeTime,
  TableSkeleton,
  UnreadBadge,
} from '@casetalk/ui';
import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { type ClinicianWords, useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import type { CaseFilters, CaseSort } from './case-filters.ts';
import { DraftMark } from './draft-mark.tsx';
import { TalkStateTag } from './talk-state-tag.tsx';
import { unreadOf } from './unread.ts';
import classes from './case-table.module.css';

interface CaseTableProps {
  readonly cases: readonly CaseSummary[];
  readonly filters: CaseFilters;
  readonly onSort: (sort: CaseSort) => void;
}

const columnsOf = (language: Language, t: ClinicianWords): readonly DataColumn<CaseSummary>[] => [
  {
    id: 'patient',
    header: t('cases.columns.patient'),
    sortable: true,
    isTitle: true,
    cell: (found) => (
      <span className={classes.patient}>
        <span className={classes.name}>{found.patientName}</span>
        <span className={classes.quiet}>
          {t('cases.bornShort', { date: formatPlainDate(found.patientBirthDate, language) })}
        </span>
      </span>
    ),
  },
  {
    id: 'title',
    header: t('cases.columns.case'),
    sortable: true,
    cell: (found) => (
      <>
        <span className={classes.title}>{found.title}</span>
        {found.status === 'closed' && <span className={classes.quiet}>{t('cases.statusOf.closed')}</span>}
        <span className={classes.drafts}>
          <DraftMark found={found} />
        </span>
      </>
    ),
  },
  {
    id: 'role',
    header: t('cases.columns.role'),
    cell: (found) => <span className={classes.quiet}>{t(`cases.roleOf.${found.myRole}`)}</span>,
  },
  {
    id: 'talk',
    header: t('cases.columns.talk'),
    cell: (found) => <TalkStateTag state={found.myTalk.state} />,
  },
  {
    id: 'unread',
    header: t('cases.columns.unread'),
    cell: (found) =>
      unreadOf(found) > 0 ? (
        <UnreadBadge count={unreadOf(found)} text={t('shell.unread', { count: unreadOf(found) })} />
      ) : (
        <VisuallyHidden>{t('cases.noUnread')}</VisuallyHidden>
      ),
  },
  {
    id: 'updated',
    header: t('cases.columns.updated'),
    sortable: true,
    cell: (found) => (
      <span className={classes.time}>
        <RelativeTime value={found.updatedAt} language={language} />
      </span>
    ),
  },
  {
    id: 'view',
    header: t('cases.columns.view'),
    headerHidden: true,
    align: 'end',
    cell: (found) => (
      <Link
        className={classes.view}
        to={`/cases/${found.id}`}
        aria-label={t('cases.viewNamed', { name: found.patientName })}
      >
        {t('cases.view')}
      </Link>
    ),
  },
];

/** The cases on a wide screen: one row each, sorted by the headings. */
export function CaseTable({ cases, filters, onSort }: CaseTableProps) {
  const t = useClinicianWords();
  const language = useLanguage();
  const columns = useMemo(() => columnsOf(language, t), [language, t]);
  return (
    <div className={classes.frame}>
      <DataTable
        caption={t('cases.title')}
        columns={columns}
        rows={cases}
        rowId={(found) => found.id}
        sort={{ column: filters.sort, direction: filters.direction }}
        onSort={({ column }) => onSort(column as CaseSort)}
      />
    </div>
  );
}

/** The shape of the table, or of the cards, while the cases are on their way. */
export function CaseTableSkeleton() {
  const t = useClinicianWords();
  const language = useLanguage();
  return <TableSkeleton label={t('shell.loading')} columns={columnsOf(language, t)} />;
}
