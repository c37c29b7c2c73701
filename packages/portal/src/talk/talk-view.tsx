import { AudienceBanner, EmptyState, SkeletonList, ThreadLog, useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconMessage2 } from '@tabler/icons-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { AttachmentSlots } from '../files/attachment-list.tsx';
import { useWords } from '../language/use-words.ts';
import { TryAgain } from '../page/try-again.tsx';
import { Composer } from './composer.tsx';
import type { Conversation } from './conversation.ts';
import { deskOf } from './desks.ts';
import type { OutgoingMessage } from './outbox.ts';
import classes from './talk-view.module.css';
import { useDraft } from './use-draft.ts';
import { ThreadMessages } from './thread-messages.tsx';
import { useMessages } from './use-messages.ts';
import { useArrivals, useReadMark } from './use-read-mark.ts';
import { useSending } from './use-sending.ts';

export interface TalkViewProps {
  /** Must stay the same object while the same talk is shown: `useMemo(() => talkConversation(id), [id])`. */
  readonly conversation: Conversation;
  /** The signed-in person, whose drafts and unsent messages these are. */
  readonly personId: string;
  /** "Talk with Dr Mei Chen". */
  readonly label: string;
  /** Who can read it: the first thing of the talk; after its words the way to who has. */
  readonly audience: {
    readonly kind: 'private' | 'case';
    readonly title: string;
    readonly detail?: ReactNode;
  };
  /** "Message to Dr Mei Chen". */
  readonly composerLabel: string;
  /** The audience in one line, an `AudienceTag`, above the text field. */
  readonly composerAudience?: ReactNode;
  readonly composerNote?: ReactNode;
  /** False replaces the composer by `closedNote`. */
  readonly canSend?: boolean;
  readonly closedNote?: ReactNode;
  /** Up to when the reader had read before; what came after is marked "New". */
  readonly readAt?: string | null;
  /** What stands where there are no messages yet. */
  readonly empty?: ReactNode;
  readonly slots?: AttachmentSlots;
  /** Between the audience and the messages, such as the strip with the invitation's state. */
  readonly before?: ReactNode;
}

/** A talk: who reads it, its messages, and where one writes. Fills the height that it is given. */
export function TalkView(props: TalkViewProps) {
  // Another conversation starts afresh: its draft, its marks, its scroll position.
  return <OneTalk key={`${props.personId} ${props.conversation.id}`} {...props} />;
}

function OneTalk({
  conversation,
  personId,
  label,
  audience,
  composerLabel,
  composerAudience,
  composerNote,
  canSend = true,
  closedNote,
  readAt = null,
  empty,
  slots,
  before,
}: TalkViewProps) {
  const words = useWords();
  const announce = useAnnouncer();
  const desk = deskOf(personId, conversation);
  const draft = useDraft(conversation, desk.draft);
  const [readBefore] = useState(readAt);
  const composer = useRef<HTMLDivElement>(null);

  const { messages, isPending, error, hasOlder, loadingOlder, loadOlder, retry } = useMessages(conversation);
  const { outgoing, send, tryAgain, takeBack } = useSending(conversation, desk, messages);
  useReadMark(conversation, messages);
  useArrivals(messages, !isPending && !error);

  const ids = useMemo(
    () => [...messages.map((message) => message.id), ...outgoing.map((message) => message.key)],
    [messages, outgoing],
  );
  const heldIds = useMemo(
    () => new Set(outgoing.flatMap((message) => message.attachments.map((file) => file.id))),
    [outgoing],
  );

  const edit = (message: OutgoingMessage) => {
    takeBack(message);
    desk.draft.change([message.text, draft.text].filter((text) => text.trim() !== '').join('\n\n'));
    desk.uploads?.restore(message.attachments);
    announce(words('composer.restored'));
    composer.current?.querySelector('textarea')?.focus();
  };

  return (
    <section className={classes.root} aria-label={label}>
      <div className={classes.audience}>
        <AudienceBanner
          audience={audience.kind}
          title={audience.title}
          {...(audience.detail === undefined ? {} : { detail: audience.detail })}
        />
      </div>
      {before}
      {isPending ? (
        <div className={classes.wait}>
          <SkeletonList label={words('page.loading')} rows={4} />
        </div>
      ) : error ? (
        <div className={classes.wait}>
          <TryAgain title={words('talk.failed')} error={error} onRetry={retry} />
        </div>
      ) : (
        <ThreadLog
          label={label}
          ids={ids}
          lastIsOwn={outgoing.length > 0 || (messages.at(-1)?.mine ?? false)}
          newMessages={(count) => words('talk.jump', { count })}
          {...(hasOlder
            ? {
                older: (
                  <Button variant="default" onClick={loadOlder} aria-busy={loadingOlder || undefined}>
                    {words(loadingOlder ? 'talk.older.busy' : 'talk.older')}
                  </Button>
                ),
              }
            : {})}
        >
          {ids.length === 0 ? (
            (empty ?? <EmptyState icon={IconMessage2} title={words('talk.empty')} />)
          ) : (
            <ThreadMessages
              messages={messages}
              outgoing={outgoing}
              readBefore={readBefore}
              slots={slots}
              onRetry={tryAgain}
              onEdit={edit}
            />
          )}
        </ThreadLog>
      )}
      <div
        ref={composer}
        className={classes.composer}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) void desk.draft.save();
        }}
      >
        {canSend ? (
          <Composer
            label={composerLabel}
            draft={draft}
            keeper={desk.draft}
            files={conversation.files}
            queue={desk.uploads}
            heldIds={heldIds}
            send={send}
            audience={composerAudience}
            note={composerNote}
          />
        ) : (
          closedNote
        )}
      </div>
    </section>
  );
}
