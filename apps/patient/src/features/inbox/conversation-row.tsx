import { hasDraft, useLanguage } from '@casetalk/portal';
import type { Talk } from '@casetalk/contract';
import { Avatar, Icon, RelativeTime, UnreadBadge } from '@casetalk/ui';
import { Badge } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import classes from './conversation-row.module.css';

export interface ConversationRowProps {
  readonly talk: Talk;
  readonly personId: string;
}

/** One conversation: who, from where, about what, how it begins, and what is new in it. */
export function ConversationRow({ talk, personId }: ConversationRowProps) {
  const patient = usePatientWords();
  const language = useLanguage();
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
            <RelativeTime value={lastMessage?.at ?? talk.createdAt} language={language} withExact />
            {lastMessage !== null && lastMessage.fileCount > 0 && (
              <span className={classes.files}>
                <Icon of={IconPaperclip} size="sm" />
                {patient('inbox.files', { count: lastMessage.fileCount })}
              </span>
            )}
            {hasDraft(personId, `talk-${talk.id}`) && <Badge>{patient('inbox.draft')}</Badge>}
          </span>
        </span>
      </NavLink>
    </li>
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
