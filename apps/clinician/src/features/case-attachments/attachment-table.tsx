import type { CaseAttachment } from '@casetalk/contract';
import { useLanguage } from '@casetalk/portal';
import { type DataColumn, DataTable, ExactTime, formatFileSize, type Language } from '@casetalk/ui';
import { useMemo } from 'react';
import { type ClinicianWords, useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { AttachmentActions } from './attachment-actions.tsx';
import { Origin, PreviewMark, ScanMark } from './attachment-facts.tsx';
import type { AttachmentFilters, AttachmentSort } from './case-attachment-queries.ts';
import { Thumbnail } from './thumbnail.tsx';
import classes from './attachment-table.module.css';

interface AttachmentTableProps {
  readonly files: readonly CaseAttachment[];
  readonly filters: AttachmentFilters;
  readonly onSort: (sort: AttachmentSort) => void;
  readonly onView: (file: CaseAttachment) => void;
  readonly onRemove: (file: CaseAttachment) => void;
}

interface ColumnNeeds extends Pick<AttachmentTableProps, 'onView' | 'onRemove'> {
  readonly language: Language;
  readonly t: ClinicianWords;
}

const columnsOf = ({ language, t, onView, onRemove }: ColumnNeeds): readonly DataColumn<CaseAttachment>[] => [
  {
    id: 'name',
    header: t('attachments.columns.name'),
    sortable: true,
    isTitle: true,
    cell: (file) => (
      <span className={classes.file}>
        <Thumbnail file={file} />
        <span className={classes.words}>
          <span className={classes.name} dir="auto">
            {file.name}
          </span>
          <span className={classes.quiet}>
            {t(`attachments.kindOf.${file.kind}`)}, {formatFileSize(file.size, language)}
          </span>
          <ScanMark scan={file.scan} />
          <PreviewMark file={file} />
        </span>
      </span>
    ),
  },
  {
    id: 'addedBy',
    header: t('attachments.columns.addedBy'),
    sortable: true,
    cell: (file) => <Origin file={file} />,
  },
  {
    id: 'added',
    header: t('attachments.columns.added'),
    sortable: true,
    cell: (file) => (
      <span className={classes.quiet}>
        <ExactTime value={file.addedAt} language={language} />
      </span>
    ),
  },
  {
    id: 'actions',
    header: t('attachments.columns.actions'),
    headerHidden: true,
    align: 'end',
    cell: (file) => (
      <AttachmentActions file={file} onView={() => onView(file)} onRemove={() => onRemove(file)} />
    ),
  },
];

/** The case's files as rows, sorted by the headings. */
export function AttachmentTable({ files, filters, onSort, onView, onRemove }: AttachmentTableProps) {
  const t = useClinicianWords();
  const language = useLanguage();
  const columns = useMemo(
    () => columnsOf({ language, t, onView, onRemove }),
    [language, onRemove, onView, t],
  );
  return (
    <div className={classes.frame}>
      <DataTable
        caption={t('attachments.title')}
        columns={columns}
        rows={files}
        rowId={(file) => file.id}
        sort={{ column: filters.sort, direction: filters.direction }}
        onSort={({ column }) => onSort(column as AttachmentSort)}
      />
    </div>
  );
}
