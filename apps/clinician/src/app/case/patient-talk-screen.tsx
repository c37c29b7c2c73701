import type { Attachment, Case, Invitation } from '@casetalk/contract';
import {
  type AttachmentSlots,
  EmergencyNotice,
  focusWhenThere,
  talkConversation,
  talkQuery,
  TalkView,
  type ThreadMessage,
  TryAgain,
  useClinicianMe,
  useMessages,
} from '@casetalk/portal';
import { AudienceBanner, AudienceTag, EmptyState, SkeletonList } from '@casetalk/ui';
import { useQuery } from '@tanstack/react-query';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useLocation } from 'react-router';
import { SeenLink } from '../../features/access/seen-link.tsx';
import { invitationStripId } from '../../features/invitations/invite-dialog.tsx';
import { invitationsQuery } from '../../features/invitations/invitation-queries.ts';
import { InvitationStrip } from '../../features/invitations/invitation-strip.tsx';
import { NotInvited } from '../../features/invitations/not-invited.tsx';
import { ShareFile, type ShareFileProps } from '../../features/sharing/share-file.tsx';
import { useShareFile } from '../../features/sharing/use-share-file.ts';
import { useClinicianWords } from '../../lib/words/use-clinician-words.ts';
import { useCaseContext } from './case-context.ts';
import classes from './talk-screen.module.css';
import { TabHeading } from './tab-heading.tsx';
import { TalkPanel } from './talk-panel.tsx';
import { usePrivateAudience } from './use-private-audience.ts';

interface TalkProps {
  readonly found: Case;
  readonly talkId: string;
  readonly invitation: Invitation | null;
  readonly onInvite: () => void;
}

/** The newest file that can be shared: its button explains itself to who never shared one. */
const firstShareable = (messages: readonly ThreadMessage[]): Attachment | undefined =>
  messages.flatMap((message) => message.attachments).findLast((file) => file.abilities.share);

/** "Share File" beside each file; one of the buttons explains itself. */
const slotsOf = (
  common: Omit<ShareFileProps, 'file' | 'explained'>,
  explainedAt: string | undefined,
): AttachmentSlots => ({
  actions: (file) => <ShareFile {...common} file={file} explained={file.id !== explainedAt} />,
});

/** Whether the strip still has something to say that the messages do not. */
const hasNews = (invitation: Invitation): boolean => invitation.firstReadAt === null;

/** Takes the focus to the strip when the way here began with an invitation, once the talk is drawn for good. */
function useStandingFocused(ready: boolean): void {
  const { state } = useLocation();
  const wanted = typeof state === 'object' && state !== null && 'focus' in state;
  useEffect(() => {
    if (wanted && ready) focusWhenThere(invitationStripId);
  }, [ready, wanted]);
}

function Talk({ found, talkId, invitation, onInvite }: TalkProps) {
  const t = useClinicianWords();
  const me = useClinicianMe();
  const talk = useQuery(talkQuery(talkId));
  const audience = usePrivateAudience(talk.data?.audience ?? found.patientTalkAudience);
  const conversation = useMemo(() => talkConversation(talkId), [talkId]);
  const sharing = useShareFile(found.id, talkId);
  const audienceSize = found.doctorTalkAudience.people.length;
  const { id: caseId } = found;
  useStandingFocused(talk.data !== undefined);
  const { messages } = useMessages(conversation);
  const explainedAt = sharing.explained ? undefined : firstShareable(messages)?.id;
  const slots = useMemo(
    () => slotsOf({ sharing, caseId, audienceSize }, explainedAt),
    [audienceSize, caseId, explainedAt, sharing],
  );

  const strip = invitation && hasNews(invitation) && (
    <div className={classes.strip}>
      <InvitationStrip
        invitation={invitation}
        patientName={found.patientName}
        mayInvite={found.abilities.invite}
        onInviteAgain={onInvite}
      />
    </div>
  );

  if (!talk.data) {
    return (
      <div className={classes.banner}>
        <AudienceBanner audience="private" title={audience.title} detail={audience.detail} />
        {strip}
        {talk.isError ? (
          <TryAgain title={t('talks.failed')} error={talk.error} onRetry={() => void talk.refetch()} />
        ) : (
          <SkeletonList label={t('shell.loading')} rows={4} />
        )}
      </div>
    );
  }

  const waiting = talk.data.state === 'waiting';
  const ended = waiting && invitation !== null && invitation.endedAt !== null;
  const willFind = t('talks.waiting', { name: found.patientName });
  return (
    <div className={classes.root} data-side>
      <div className={classes.talk} data-long={!waiting || undefined}>
        <TalkView
          conversation={conversation}
          personId={me.id}
          label={t('talks.private.label', { name: found.patientName })}
          audience={{
            kind: 'private',
            title: audience.title,
            detail: (
              <>
                {audience.detail} <SeenLink talkId={talkId} />
              </>
            ),
          }}
          before={
            <>
              <EmergencyNotice talkId={talkId} />
              {strip}
            </>
          }
          readAt={talk.data.myReadAt}
          canSend={talk.data.abilities.send}
          closedNote={<p className={classes.closed}>{t('talks.closed', { name: found.patientName })}</p>}
          composerLabel={t('talks.private.composer', { name: found.patientName })}
          composerAudience={<AudienceTag audience="private">{audience.title}</AudienceTag>}
          composerNote={waiting && !ended ? <span>{willFind}</span> : undefined}
          slots={slots}
          empty={
            <EmptyState
              icon={IconLock}
              title={t('talks.private.empty.title')}
              detail={
                ended
                  ? t('talks.closed', { name: found.patientName })
                  : waiting
                    ? willFind
                    : t('talks.private.empty.text', { name: found.patientName })
              }
            />
          }
        />
      </div>
      <TalkPanel
        found={found}
        talk={talk.data}
        invitation={invitation}
        conversation={conversation}
        sharing={sharing}
      />
    </div>
  );
}

/** Patient Talk: private to this clinician and the patient, from the invitation to the last message. */
export function PatientTalkScreen() {
  const t = useClinicianWords();
  const { found, invite } = useCaseContext();
  const invitations = useQuery(invitationsQuery(found.id));
  const audience = usePrivateAudience(found.patientTalkAudience);
  const latest = invitations.data?.data.at(0) ?? null;
  const talkId = found.myTalk.id ?? latest?.talkId ?? null;

  const body = (): React.ReactNode => {
    if (invitations.data === undefined && talkId === null) {
      return invitations.isError ? (
        <TryAgain
          title={t('invitations.ended.failed')}
          error={invitations.error}
          onRetry={() => void invitations.refetch()}
        />
      ) : (
        <SkeletonList label={t('shell.loading')} rows={4} />
      );
    }
    if (talkId !== null) {
      return <Talk found={found} talkId={talkId} invitation={latest} onInvite={invite} />;
    }
    return (
      <div className={classes.banner}>
        <AudienceBanner audience="private" title={audience.title} detail={audience.detail} />
        <NotInvited patientName={found.patientName} mayInvite={found.abilities.invite} onInvite={invite} />
      </div>
    );
  };

  return (
    <>
      <TabHeading>{t('cases.tabs.patientTalk')}</TabHeading>
      {body()}
    </>
  );
}
