import { DaySeparator, formatDate, formatDay, MessageList, useNow } from '@casetalk/ui';
import { Fragment } from 'react';
import type { AttachmentSlots } from '../files/attachment-list.tsx';
import { useLanguage, useWords } from '../language/use-words.ts';
import type { ThreadMessage } from './conversation.ts';
import { MessageItem } from './message-item.tsx';
import type { OutgoingMessage } from './outbox.ts';
import { OutgoingItem } from './outgoing-item.tsx';

export interface ThreadMessagesProps {
  readonly messages: readonly ThreadMessage[];
  readonly outgoing: readonly OutgoingMessage[];
  /** What others said after this instant is new; null before the first visit. */
  readonly readBefore: string | null;
  readonly slots?: AttachmentSlots | undefined;
  readonly onRetry: (message: OutgoingMessage) => void;
  readonly onEdit: (message: OutgoingMessage) => void;
}

const minuteMs = 60_000;

/** The messages under their days, then what is still on its way. */
export function ThreadMessages({
  messages,
  outgoing,
  readBefore,
  slots,
  onRetry,
  onEdit,
}: ThreadMessagesProps) {
  const words = useWords();
  const language = useLanguage();
  const now = useNow(minuteMs);
  const lastMine = messages.findLast((message) => message.mine)?.id;
  const days = messages.map((message) => formatDate(message.createdAt, language));
  return (
    <MessageList label={words('talk.messages')}>
      {messages.map((message, index) => (
        <Fragment key={message.id}>
          {days[index] !== days[index - 1] && (
            <DaySeparator>{formatDay(message.createdAt, language, now)}</DaySeparator>
          )}
          <MessageItem
            message={message}
            isNew={!message.mine && (readBefore === null || message.createdAt > readBefore)}
            showState={message.id === lastMine}
            slots={slots}
          />
        </Fragment>
      ))}
      {outgoing.map((message) => (
        <OutgoingItem
          key={message.key}
          message={message}
          onRetry={() => onRetry(message)}
          onEdit={() => onEdit(message)}
        />
      ))}
    </MessageList>
  );
}
