import {
  EmergencyNotice,
  fileCountOf,
  talkConversation,
  TalkView,
  unbroken,
  useMessages,
  useReaderNames,
  usePatientMe,
  useWords,
} from '@casetalk/portal';
import type { Audience, Talk } from '@casetalk/contract';
import { EmptyState, StatusStrip } from '@casetalk/ui';
import { VisuallyHidden } from '@mantine/core';
import { IconMessage2 } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { usePatientWords } from '../../language/use-patient-words.ts';
import { SharedNotice } from './shared-notice.tsx';
import { TalkHeading } from './talk-heading.tsx';

export interface OpenTalkProps {
  readonly talk: Talk;
  /** The list stands beside it. */
  readonly wide: boolean;
}

/** A conversation with one clinician: who reads it, what was said, and where one answers. */
export function OpenTalk({ talk, wide }: OpenTalkProps) {
  const patient = usePatientWords();
  const words = useWords();
  const me = usePatientMe();
  const conversation = useMemo(() => talkConversation(talk.id), [talk.id]);
  const { messages } = useMessages(conversation);
  const { name, practiceName, practicePhone, replyTime } = talk.clinician;
  // Whoever the API names as a reader is named here too; nobody is promised more privacy than there is.
  const { everyone, alone } = useReaderNames(talk.audience, isPatient);
  const seen = <Link to={paths.seenOf(talk.id)}>{words('access.title')}</Link>;

  return (
    <>
      <TalkHeading talk={talk} wide={wide} fileCount={fileCountOf(messages)} />
      <TalkView
        conversation={conversation}
        personId={me.id}
        label={patient('talk.about', { title: talk.caseTitle })}
        audience={{
          kind: 'private',
          title: alone ? patient('talk.private.alone') : patient('talk.private', { readers: everyone }),
          detail: (
            <>
              {patient('talk.private.detail')} {seen}
            </>
          ),
        }}
        composerLabel={patient('talk.composer', { name })}
        composerNote={
          <span>
            {replyTime === '' ? '' : `${patient('talk.replyTime', { time: replyTime })}. `}
            {patient('talk.emergency')}
          </span>
        }
        canSend={talk.abilities.send}
        closedNote={
          <StatusStrip
            tone="neutral"
            title={patient('talk.closed', { practice: practiceName, phone: unbroken(practicePhone) })}
          />
        }
        readAt={talk.myReadAt}
        empty={
          <EmptyState
            icon={IconMessage2}
            title={patient('talk.empty')}
            detail={patient('talk.empty.detail', { name })}
          />
        }
        slots={sharedSlots}
        before={
          <>
            <EmergencyNotice talkId={talk.id} />
            {!wide && (
              <VisuallyHidden>
                <h2>{words('talk.messages')}</h2>
              </VisuallyHidden>
            )}
          </>
        }
      />
    </>
  );
}

const isPatient = ({ role }: Audience['people'][number]): boolean => role === 'patient';

const sharedSlots = {
  tag: (attachment: Parameters<typeof SharedNotice>[0]['attachment']) =>
    attachment.share ? <SharedNotice attachment={attachment} /> : null,
};
