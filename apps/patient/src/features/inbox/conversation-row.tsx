import { useLanguage } from '@casetalk/portal';
import type { Talk } from '@casetalk/contract';
import { Avatar, ExactTime, Icon, RelativeTime, UnreadBadge, useNow } from '@casetalk/ui';
import { Badge } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import classes from './conversation-row.module.css';

export interface ConversationRowProps {
  readonly talk: Talk;
  /** Something is begun and not sent. */
  readonly hasDraft: boolean;
}

/** One conversation: who, from where, about what, how it begins, and what is new in it. */
export function ConversationRow({ talk, hasDraft }: ConversationRowProps) {
  const patient = usePatientWords();
  const { clinician, lastMessage, unread } = talk;
  return (
    <li className={classes.item}>
      <NavLink className={classes.link ?? ''} to={paths.talk(talk.id)} data-unread={unread > 0 || undefined}>
        <Avatar name={clinician.name} />
        <span className={classes.words}>
          <span className={classes.top}>
            <span className={classes.name}>{clinician.name}</span>
            {unread > 0 && (
              <span className={classes.unread}>
                <UnreadBadge count={unread} text={patient('header.unread', { count: unread })} />
                <span aria-hidden="true">{patient('inbox.unread')}</span>
              </span>
            )}
          </span>
          <span className={classes.detail}>
            {[clinician.practiceName, talk.caseTitle].filter(Boolean).join(' · ')}
          </span>
          {lastMessage && <Excerpt talk={talk} />}
          <span className={classes.facts}>
            <When at={lastMessage?.at ?? talk.createdAt} />
            {lastMessage !== null && lastMessage.fileCount > 0 && (
              <span className={classes.files}>
                <Icon of={IconPaperclip} size="sm" />
                {patient('inbox.files', { count: lastMessage.fileCount })}
              </span>
            )}
            {hasDraft && talk.abilities.send && <Badge variant="light">{patient('inbox.draft')}</Badge>}
          </span>
        </span>
      </NavLink>
    </li>
  );
}

const weekMs = 7 * 24 * 60 * 60 * 1000;
const minuteMs = 60_000;

/** "27 minutes ago, 22 Nov 2026, 10:07 am"; after a week the date alone, which says it all. */
function When({ at }: { readonly at: string }) {
  const language = useLanguage();
  const now = useNow(minuteMs);
  return now - Date.parse(at) < weekMs ? (
    <RelativeTime value={at} language={language} withExact />
  ) : (
    <ExactTime value={at} language={language} />
  );
}

function Excerpt({ talk }: { readonly talk: Talk }) {
  const patient = usePatientWords();
  if (!talk.lastMessage) return null;
  const { excerpt, mine } = talk.lastMessage;
  const text = excerpt.trim() === '' ? patient('inbox.onlyFiles') : excerpt;
  return (
    <span className={classes.excerpt} dir="auto">
      {mine ? patient('inbox.you', { text }) : text}
    </span>
  );
}
