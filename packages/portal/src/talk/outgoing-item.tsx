import {
  ExactTime,
  FileItem,
  FileList,
  fileKindOf,
  formatFileSize,
  MessageBubble,
  useOnline,
} from '@casetalk/ui';
import { Button } from '@mantine/core';
import { problemWords } from '../language/problem-words.ts';
import { useLanguage, useWords } from '../language/use-words.ts';
import type { OutgoingMessage } from './outbox.ts';

export interface OutgoingItemProps {
  readonly message: OutgoingMessage;
  readonly onRetry: () => void;
  readonly onEdit: () => void;
}

/** A message on its way: it stands in the thread at once, and keeps its words until the API has them. */
export function OutgoingItem({ message, onRetry, onEdit }: OutgoingItemProps) {
  const words = useWords();
  const language = useLanguage();
  const online = useOnline();
  const { problem, attachments } = message;
  const failed = message.state === 'failed';
  const waits = failed && !online && problem?.code === 'unreachable';
  const reason = problem && problem.code !== 'unreachable' ? problemWords(words, problem) : '';
  return (
    <MessageBubble
      own
      sender={words('talk.you')}
      time={<ExactTime value={message.writtenAt} language={language} show="time" />}
      text={message.text}
      failed={failed && !waits}
      state={
        waits
          ? words('talk.waiting')
          : failed
            ? reason === ''
              ? words('talk.notSent')
              : words('talk.notSent.reason', { problem: reason })
            : words('talk.sending')
      }
      {...(attachments.length > 0
        ? {
            attachments: (
              <FileList label={words('files.sent')}>
                {attachments.map((file) => (
                  <FileItem
                    key={file.id}
                    name={file.name}
                    kind={fileKindOf(file.mediaType)}
                    size={formatFileSize(file.size, language)}
                  />
                ))}
              </FileList>
            ),
          }
        : {})}
      {...(failed
        ? {
            actions: (
              <>
                <Button size="sm" variant="default" onClick={onRetry}>
                  {words('talk.tryAgain')}
                </Button>
                <Button size="sm" variant="default" onClick={onEdit}>
                  {words('talk.edit')}
                </Button>
              </>
            ),
          }
        : {})}
    />
  );
}
