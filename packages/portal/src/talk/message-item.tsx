import { ExactTime, MessageBubble } from '@casetalk/ui';
import { Badge } from '@mantine/core';
import { memo } from 'react';
import { AttachmentList, type AttachmentSlots } from '../files/attachment-list.tsx';
import { useLanguage, useWords } from '../language/use-words.ts';
import type { ThreadMessage } from './conversation.ts';
import { elementIdOf } from './use-read-mark.ts';

export interface MessageItemProps {
  readonly message: ThreadMessage;
  /** Came since the reader was last here. */
  readonly isNew: boolean;
  /** Only the reader's newest message says how it stands. */
  readonly showState: boolean;
  readonly slots?: AttachmentSlots | undefined;
}

/** One message of a thread, with its files. */
export const MessageItem = memo(function MessageItem({ message, isNew, showState, slots }: MessageItemProps) {
  const words = useWords();
  const language = useLanguage();
  const { sender, mine, attachments, readAt } = message;
  return (
    <MessageBubble
      id={elementIdOf(message.id)}
      own={mine}
      sender={mine ? words('talk.you') : sender.name}
      time={<ExactTime value={message.createdAt} language={language} show="time" />}
      text={message.text}
      {...(sender.role && !mine ? { role: sender.role } : {})}
      {...(isNew ? { mark: <Badge variant="light">{words('talk.new')}</Badge> } : {})}
      {...(attachments.length > 0
        ? { attachments: <AttachmentList attachments={attachments} {...slots} /> }
        : {})}
      {...(mine && showState ? { state: readAt ? <ReadState at={readAt} /> : words('talk.sent') } : {})}
    />
  );
});

function ReadState({ at }: { readonly at: string }) {
  const words = useWords();
  const language = useLanguage();
  const [before = '', after = ''] = words('talk.read', { time: '\u0000' }).split('\u0000');
  return (
    <>
      {before}
      <ExactTime value={at} language={language} />
      {after}
    </>
  );
}
