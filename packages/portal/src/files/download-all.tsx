import type { Archive } from '@casetalk/contract';
import { formatFileSize, Icon } from '@casetalk/ui';
import { ActionIcon, Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { answerOf } from '../api/api-failure.ts';
import { api } from '../api/client.ts';
import { useLanguage, useWords } from '../language/use-words.ts';
import { queryKeys } from '../queries/query-keys.ts';
import type { ThreadMessage } from '../talk/conversation.ts';
import classes from './download-all.module.css';

export interface DownloadAllProps {
  readonly from: { readonly talkId: string } | { readonly caseId: string };
  /** How many files of it are on screen: another number asks anew how much there is. */
  readonly known?: number;
  /** Draws nothing while there is nothing to download, where an idle button would only be in the way. */
  readonly hideWhenEmpty?: boolean;
  /** The sign alone, where a phone has no room for words. */
  readonly compact?: boolean;
}

/** Of messages that are at hand. */
export const fileCountOf = (messages: readonly Pick<ThreadMessage, 'attachments'>[]): number =>
  messages.reduce((sum, { attachments }) => sum + attachments.length, 0);

/** "Download all": one zip, streamed by the browser, with how much it is and what is left out. */
export function DownloadAll({ from, known = 0, hideWhenEmpty = false, compact = false }: DownloadAllProps) {
  const words = useWords();
  const language = useLanguage();
  const { data } = useQuery({
    queryKey: [
      ...('talkId' in from ? queryKeys.talkArchive(from.talkId) : queryKeys.caseArchive(from.caseId)),
      known,
    ],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<Archive> =>
      'talkId' in from
        ? answerOf(api.getTalkArchive({ params: from }, { signal }))
        : answerOf(api.getCaseArchive({ params: from }, { signal })),
  });
  const { files, size, leftOut } = data ?? { files: 0, size: 0, leftOut: 0 };
  if (hideWhenEmpty && files === 0) return null;
  const query = { language };
  const href =
    'talkId' in from
      ? api.fileUrl('downloadTalkArchive', { params: from, query })
      : api.fileUrl('downloadCaseArchive', { params: from, query });
  const amount = words('files.all.amount', { count: files, size: formatFileSize(size, language) });
  const missing = leftOut > 0 ? words('files.all.leftOut', { count: leftOut }) : undefined;
  if (compact && files > 0) {
    const name = [words('files.all'), amount, missing].filter(Boolean).join(', ');
    return (
      <ActionIcon
        component="a"
        href={href}
        download
        variant="default"
        size="xl"
        aria-label={name}
        title={name}
      >
        <Icon of={IconDownload} size="md" />
      </ActionIcon>
    );
  }
  const label = (
    <>
      {words('files.all')}
      {files > 0 && <span className={classes.amount}>{amount}</span>}
    </>
  );
  const look = {
    size: 'sm',
    variant: 'default',
    leftSection: <Icon of={IconDownload} size="sm" />,
    classNames: { root: classes.button ?? '', label: classes.label ?? '' },
  } as const;

  return (
    <span className={classes.root}>
      {files > 0 ? (
        <Button component="a" href={href} download {...look}>
          {label}
        </Button>
      ) : (
        <Button disabled {...look}>
          {label}
        </Button>
      )}
      {missing !== undefined && <span className={classes.leftOut}>{missing}</span>}
    </span>
  );
}
