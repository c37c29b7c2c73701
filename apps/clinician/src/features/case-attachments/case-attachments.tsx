import { type Case, type CaseAttachment, choiceOf, fileKinds } from '@casetalk/contract';
import {
  acceptedFiles,
  AttachmentViewer,
  DownloadAll,
  TryAgain,
  unfinishedInCase,
  UnfinishedUploads,
} from '@casetalk/portal';
import {
  AddFilesButton,
  AudienceBanner,
  DropZone,
  EmptyState,
  Segmented,
  SelectField,
  SkeletonList,
  useAnnouncer,
} from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconPaperclip, IconUpload } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useWide } from '../../lib/use-wide.ts';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { addressOf, filtersOf, usualDirection } from './attachment-filters.ts';
import { AttachmentGrid } from './attachment-grid.tsx';
import { AttachmentTable } from './attachment-table.tsx';
import {
  type AttachmentFilters,
  type AttachmentSort,
  caseAttachmentsQuery,
} from './case-attachment-queries.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { storedFile } from './thumbnail.tsx';
import { UploadList } from './upload-list.tsx';
import { useCaseUploads } from './use-case-uploads.ts';
import classes from './case-attachments.module.css';

const addButtonId = 'add-case-files';

/** Says when colleagues added files while the list is open. */
function useNewFilesAnnounced(count: number): void {
  const t = useClinicianWords();
  const announce = useAnnouncer();
  const known = useRef(count);
  useEffect(() => {
    if (count > known.current) announce(t('attachments.newOne', { count: count - known.current }));
    known.current = count;
  }, [announce, count, t]);
}

interface FilterRowProps {
  readonly filters: AttachmentFilters;
  readonly onChange: (filters: AttachmentFilters) => void;
  readonly layout: 'table' | 'grid';
  readonly onLayout: (layout: 'table' | 'grid') => void;
  readonly wide: boolean;
}

function FilterRow({ filters, onChange, layout, onLayout, wide }: FilterRowProps) {
  const t = useClinicianWords();
  return (
    <div className={classes.filters}>
      <SelectField
        id="attachment-kind"
        width="short"
        label={t('attachments.kind')}
        value={filters.kind ?? ''}
        onChange={(event) => {
          onChange({ ...filters, kind: choiceOf(fileKinds, event.currentTarget.value) ?? null });
        }}
        data={[
          { value: '', label: t('attachments.allKinds') },
          ...fileKinds.map((kind) => ({ value: kind, label: t(`attachments.kindOf.${kind}`) })),
        ]}
      />
      {(!wide || layout === 'grid') && (
        <SelectField
          id="attachment-sort"
          width="short"
          label={t('attachments.sort')}
          value={filters.sort}
          onChange={(event) => {
            const sort = event.currentTarget.value as AttachmentSort;
            onChange({ ...filters, sort, direction: usualDirection(sort) });
          }}
          data={(['added', 'name', 'addedBy'] as const).map((sort) => ({
            value: sort,
            label: t(`attachments.sorted.${sort}`),
          }))}
        />
      )}
      {wide && (
        <div className={classes.layout}>
          <Segmented
            legend={t('attachments.layout')}
            value={layout}
            onChange={onLayout}
            segments={[
              { value: 'table', label: t('attachments.table') },
              { value: 'grid', label: t('attachments.grid') },
            ]}
          />
        </div>
      )}
    </div>
  );
}

/** The files that everyone on the case can see: uploaded here, or shared from a patient talk. */
export function CaseAttachments({ found }: { readonly found: Case }) {
  const t = useClinicianWords();
  const wide = useWide();
  const [address, setAddress] = useSearchParams();
  const filters = filtersOf(address);
  const [layout, setLayout] = useLocalStorage<'table' | 'grid'>({
    key: 'casetalk-attachment-layout',
    defaultValue: 'table',
    getInitialValueInEffect: false,
  });
  const page = useInfiniteQuery(caseAttachmentsQuery(found.id, filters));
  const uploads = useCaseUploads(found.id);
  const unfinished = useMemo(() => unfinishedInCase(found.id), [found.id]);
  const [openId, setOpenId] = useState<string | null>(null);
  const [removing, setRemoving] = useState<CaseAttachment | null>(null);
  const files = page.data?.pages.flatMap((part) => part.data);
  const stored = (files ?? []).map(storedFile);
  useNewFilesAnnounced(found.attachmentCount);

  const change = (next: AttachmentFilters): void =>
    setAddress(addressOf(next), { replace: true, preventScrollReset: true });
  const view = (file: CaseAttachment): void => setOpenId(file.id);
  const mayAdd = found.abilities.addAttachment;

  const list = (): React.ReactNode => {
    if (files === undefined) {
      return page.isError ? (
        <TryAgain title={t('attachments.failed')} error={page.error} onRetry={() => void page.refetch()} />
      ) : (
        <SkeletonList label={t('shell.loading')} rows={4} withMark />
      );
    }
    if (files.length === 0) {
      return filters.kind ? (
        <EmptyState
          icon={IconPaperclip}
          title={t('attachments.noMatch.title')}
          detail={t('attachments.noMatch.text')}
          action={
            <Button variant="default" onClick={() => change({ ...filters, kind: null })}>
              {t('attachments.noMatch.action')}
            </Button>
          }
        />
      ) : (
        <EmptyState
          icon={IconPaperclip}
          title={t('attachments.empty.title')}
          detail={t('attachments.empty.text')}
        />
      );
    }
    if (!wide || layout === 'grid')
      return <AttachmentGrid files={files} onView={view} onRemove={setRemoving} />;
    return (
      <AttachmentTable
        files={files}
        filters={filters}
        onSort={(sort) => {
          const turned = filters.direction === 'ascending' ? 'descending' : 'ascending';
          change({ ...filters, sort, direction: sort === filters.sort ? turned : usualDirection(sort) });
        }}
        onView={view}
        onRemove={setRemoving}
      />
    );
  };

  return (
    <div className={classes.root}>
      <AudienceBanner audience="case" title={`${t('attachments.band')}.`} detail={t('attachments.detail')} />
      {mayAdd && (
        <div className={classes.add}>
          <AddFilesButton
            id={addButtonId}
            label={t('attachments.upload')}
            icon={IconUpload}
            accept={acceptedFiles}
            onFiles={(chosen) => uploads.add(chosen)}
          />
          <p className={classes.hint}>{t('attachments.uploadHint')}</p>
          <DropZone
            label={t('attachments.drop')}
            hint={t('attachments.band')}
            onFiles={(chosen) => uploads.add(chosen)}
          />
        </div>
      )}
      {mayAdd && (
        <div className={classes.unfinished}>
          <UnfinishedUploads
            place={unfinished}
            isTaken={uploads.isTaken}
            onContinue={(file, upload) => uploads.add([file], upload)}
            onOther={(file) => uploads.add([file])}
            addButtonId={addButtonId}
          />
        </div>
      )}
      <UploadList uploads={uploads} addButtonId={addButtonId} />
      <FilterRow filters={filters} onChange={change} layout={layout} onLayout={setLayout} wide={wide} />
      <DownloadAll from={{ caseId: found.id }} known={found.attachmentCount} />
      <div className={classes.list} aria-busy={page.isPlaceholderData || undefined}>
        {list()}
        {page.hasNextPage && (
          <Button
            variant="default"
            className={classes.more}
            aria-busy={page.isFetchingNextPage || undefined}
            onClick={() => {
              if (!page.isFetchingNextPage) void page.fetchNextPage();
            }}
          >
            {t('attachments.more')}
          </Button>
        )}
      </div>
      <AttachmentViewer files={stored} openId={openId} onOpen={setOpenId} onClose={() => setOpenId(null)} />
      <RemoveDialog
        caseId={found.id}
        file={removing}
        onClose={() => setRemoving(null)}
        focusAfterId={addButtonId}
      />
    </div>
  );
}
