import type { Case, Invitation, Talk } from '@casetalk/contract';
import {
  type Conversation,
  DownloadAll,
  fileCountOf,
  useClinicianMe,
  useLanguage,
  useLiveReaders,
  useMessages,
  useWords,
} from '@casetalk/portal';
import { Avatar, formatTime, Icon } from '@casetalk/ui';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { InvitationFacts } from '../../features/invitations/invitation-facts.tsx';
import { InvitationPipeline } from '../../features/invitations/invitation-pipeline.tsx';
import { PatientFiles } from '../../features/sharing/patient-files.tsx';
import type { Sharing } from '../../features/sharing/use-share-file.ts';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import panel from './talk-panel.module.css';
import classes from './talk-screen.module.css';

interface TalkPanelProps {
  readonly found: Case;
  readonly talk: Talk;
  readonly invitation: Invitation | null;
  readonly conversation: Conversation;
  readonly sharing: Sharing;
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={panel.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** How sure it is that the person in this talk is the patient: two levels, both said. */
function Assurance({ assurance }: Pick<Talk, 'assurance'>) {
  const t = useClinicianWords();
  if (assurance === 'clinic') {
    return (
      <p className={panel.sure}>
        <Icon of={IconShieldCheck} />
        {t('invitations.panel.assuranceOf.clinic')}
      </p>
    );
  }
  if (assurance === 'invitee') {
    return (
      <>
        <p className={panel.unsure}>
          <Icon of={IconAlertTriangle} />
          {t('invitations.panel.assuranceOf.invitee')}
        </p>
        <p className={panel.quiet}>{t('invitations.panel.assuranceHint')}</p>
      </>
    );
  }
  return <p className={panel.quiet}>{t('invitations.panel.assuranceOf.none')}</p>;
}

/** Beside the talk: who can read it, how sure the identity is, the patient's files, where the invitation stands. */
export function TalkPanel({ talk, invitation, conversation, sharing }: TalkPanelProps) {
  const t = useClinicianWords();
  const me = useClinicianMe();
  const words = useWords();
  const language = useLanguage();
  const { messages } = useMessages(conversation);
  const readers = useLiveReaders(talk.audience);
  const nameOf = ({ id, name, role, until }: (typeof readers)[number]): string => {
    if (until !== undefined) {
      return words('emergency.reader', { name, time: formatTime(until, language) });
    }
    if (role === 'patient') return t('invitations.panel.patient', { name });
    return id === me.id ? t('invitations.panel.you', { name }) : name;
  };
  const files = useMemo(
    () =>
      messages
        .flatMap((message) => message.attachments)
        .filter((file) => file.sentBy === 'patient')
        .toReversed(),
    [messages],
  );
  const fileCount = fileCountOf(messages);
  const standing = invitation && (
    <Part title={t('invitations.panel.invitation')}>
      <InvitationPipeline invitation={invitation} />
      <InvitationFacts invitation={invitation} />
    </Part>
  );
  // Until the patient is here, where the invitation stands is what one comes to see.
  const waiting = talk.state === 'waiting';
  return (
    // The panel scrolls by itself beside the talk, so the arrow keys must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <aside className={classes.side} aria-label={t('invitations.panel.label')} tabIndex={0}>
      {waiting && standing}
      <Part title={t('invitations.panel.readers')}>
        <ul className={panel.people}>
          {readers.map((person) => (
            <li key={person.id ?? person.name}>
              <Avatar name={person.name} size="sm" />
              <span>{nameOf(person)}</span>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t('invitations.panel.assurance')}>
        <Assurance assurance={talk.assurance ?? invitation?.assurance ?? null} />
      </Part>
      {!waiting && (
        <Part title={t('invitations.panel.files')}>
          <PatientFiles files={files} sharing={sharing} />
          <DownloadAll from={{ talkId: talk.id }} known={fileCount} hideWhenEmpty />
        </Part>
      )}
      {!waiting && standing}
    </aside>
  );
}
