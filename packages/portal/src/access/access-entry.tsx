import type { AccessEvent } from '@casetalk/contract';
import { ExactTime, formatTime, type IconDrawing, TimelineItem, type TimelineItemProps } from '@casetalk/ui';
import {
  IconEye,
  IconFileDownload,
  IconShieldCheck,
  IconShieldExclamation,
  IconUserMinus,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type SharedWords, useLanguage, useWords } from '../language/use-words.ts';
import { GrantReason } from './grant-reason.tsx';

export interface AccessEntryProps {
  readonly event: AccessEvent;
  /** Names the conversation too, where several stand in one list. */
  readonly withConversation: boolean;
}

const icons: Readonly<Record<AccessEvent['act'], IconDrawing>> = {
  opened: IconEye,
  downloaded: IconFileDownload,
  shared: IconUsersGroup,
  sharingStopped: IconUserMinus,
  breakGlassStarted: IconShieldExclamation,
  breakGlassEnded: IconShieldCheck,
};

/** What was done, as the end of a sentence that begins with a name. */
function deedOf({ act, via, file }: AccessEvent, words: SharedWords): string {
  const values = { file: file?.name ?? '' };
  if (via === 'breakGlass' && (act === 'opened' || act === 'downloaded')) {
    return words(`access.${act}.emergency`, values);
  }
  return words(`access.${act}`, values);
}

function toneOf({ via, act, by }: AccessEvent): NonNullable<TimelineItemProps['tone']> {
  if (via === 'breakGlass' || act === 'breakGlassStarted') return 'warning';
  if (act === 'shared' || via === 'case') return 'case';
  return by.me ? 'own' : 'plain';
}

/** Who did what with a conversation, and when: one line of the record. */
export function AccessEntry({ event, withConversation }: AccessEntryProps) {
  const words = useWords();
  const language = useLanguage();
  const { by, talk, act, at, firstAt, times } = event;
  const from = formatTime(firstAt, language);
  const to = formatTime(at, language);
  // An open conversation reads again by itself with all that is new: within a minute that is one visit.
  const tellsTimes = times > 1 && (act !== 'opened' || from !== to);
  const details: readonly (readonly [name: string, line: ReactNode])[] = [
    ...(withConversation
      ? [
          [
            'conversation',
            words('access.conversation', { name: talk.clinicianName, title: talk.caseTitle }),
          ] as const,
        ]
      : []),
    ...(tellsTimes
      ? [
          [
            'times',
            words(from === to ? 'access.timesInMinute' : 'access.times', { count: times, from, to }),
          ] as const,
        ]
      : []),
    ...(act === 'downloaded' && event.via === 'case' ? [['case', words('access.byCase')] as const] : []),
    ...(act === 'breakGlassStarted' && event.grantId !== null
      ? [['reason', <GrantReason key="reason" talkId={talk.id} grantId={event.grantId} />] as const]
      : []),
  ];
  const role =
    by.kind === 'patient'
      ? by.me
        ? undefined
        : words('access.patient')
      : words('access.role', { jobTitle: by.jobTitle ?? '', practice: by.practiceName ?? '' });
  return (
    <TimelineItem
      icon={icons[act]}
      tone={toneOf(event)}
      who={by.me ? words('access.you') : by.name}
      what={deedOf(event, words)}
      time={<ExactTime value={at} language={language} show="time" />}
      {...(by.me || role === undefined ? {} : { role })}
      {...(details.length === 0 ? {} : { details: details.map(([name, line]) => <p key={name}>{line}</p>) })}
    />
  );
}
