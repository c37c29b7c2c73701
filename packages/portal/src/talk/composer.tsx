import { type Attachment, limits } from '@casetalk/contract';
import { ComposerFrame, type ComposerFrameProps, useAnnouncer } from '@casetalk/ui';
import { type ReactNode, useEffect, useEffectEvent, useId, useState } from 'react';
import { ComposerTools } from '../files/composer-tools.tsx';
import { UnfinishedUploads } from '../files/unfinished-uploads.tsx';
import { UploadList } from '../files/upload-list.tsx';
import type { UploadItem, UploadQueue } from '../files/upload-queue.ts';
import { useUploads } from '../files/use-uploads.ts';
import { useWords } from '../language/use-words.ts';
import type { ConversationFiles } from './conversation.ts';
import type { DraftKeeper, DraftState } from './draft-keeper.ts';
import { DraftNotes } from './draft-notes.tsx';
import { NewerDraft } from './newer-draft.tsx';
import classes from './composer.module.css';

export interface ComposerProps {
  /** "Message to Dr Mei Chen". */
  readonly label: string;
  readonly draft: DraftState;
  readonly keeper: Pick<DraftKeeper, 'change' | 'touch' | 'discard' | 'useNewer' | 'keepMine'>;
  readonly files: ConversationFiles | null;
  readonly queue: UploadQueue | null;
  /** Files of messages that are on their way: not offered as unsent a second time. */
  readonly heldIds: ReadonlySet<string>;
  readonly send: (text: string, attachments: readonly Attachment[]) => void;
  /** Who will read this: an `AudienceTag`. */
  readonly audience?: ReactNode;
  /** "Not for emergencies", the usual reply time. */
  readonly note?: ReactNode;
}

const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '');

/** Where a message is written. Nothing typed or chosen is lost, and Send waits for the files. */
export function Composer({
  label,
  draft,
  keeper,
  files,
  queue,
  heldIds,
  send,
  audience,
  note,
}: ComposerProps) {
  const words = useWords();
  const announce = useAnnouncer();
  const id = useId();
  const [error, setError] = useState<string>();
  const [waiting, setWaiting] = useState(false);
  const { items, add, notice } = useUploads(files, queue, heldIds, keeper.touch);
  const onItsWay = items.filter((item) => item.state === 'waiting' || item.state === 'uploading').length;
  const obstacle = obstacleIn(items);

  const refuse = (sentence: string) => {
    setError(sentence);
    announce(sentence, 'assertive');
    document.getElementById(id)?.focus();
  };

  const sendNow = () => {
    const attachments = (queue?.items() ?? []).flatMap((item) => (item.attachment ? [item.attachment] : []));
    if (draft.text.trim() === '' && attachments.length === 0) return refuse(words('composer.error.empty'));
    if (draft.text.length > limits.messageLength) return refuse(words('composer.error.long'));
    setError(undefined);
    send(draft.text, attachments);
    queue?.release(new Set(attachments.map((file) => file.id)));
    document.getElementById(id)?.focus();
  };

  const discard = async () => {
    setError(undefined);
    setWaiting(false);
    document.getElementById(id)?.focus();
    await Promise.all([keeper.discard(), ...items.map((item) => queue?.remove(item.id))]);
    announce(words('draft.discarded'));
  };

  const onSend = () => {
    if (obstacle) return refuse(words(obstacle));
    if (onItsWay === 0) return sendNow();
    setWaiting(true);
    announce(words('composer.whenFiles', { count: onItsWay }));
  };

  const look = useEffectEvent(() => {
    const now = queue?.items() ?? [];
    const inTheWay = obstacleIn(now);
    if (inTheWay) {
      setWaiting(false);
      refuse(words(inTheWay));
    } else if (now.every((item) => item.state === 'done')) {
      setWaiting(false);
      sendNow();
    }
  });
  useEffect(() => (waiting ? queue?.subscribe(() => queueMicrotask(look)) : undefined), [queue, waiting]);

  const tools: Pick<ComposerFrameProps, 'files' | 'tools'> =
    queue && files
      ? {
          files: (
            <>
              <div className={classes.files}>
                <UnfinishedUploads
                  place={files.unfinished}
                  isTaken={queue.isTaken}
                  onContinue={(file, upload) => add([file], upload)}
                  onOther={(file) => add([file])}
                  addButtonId={`${id}-add`}
                />
                <UploadList queue={queue} items={items} addButtonId={`${id}-add`} />
              </div>
              {notice !== '' && <p className={classes.notice}>{notice}</p>}
            </>
          ),
          tools: <ComposerTools addButtonId={`${id}-add`} onFiles={(chosen) => add(chosen)} />,
        }
      : {};

  return (
    <ComposerFrame
      id={id}
      label={label}
      value={draft.text}
      onChange={(text) => {
        keeper.change(text);
        if (error && text.trim() !== '' && text.length <= limits.messageLength) setError(undefined);
      }}
      onSend={onSend}
      sendLabel={words('composer.send')}
      busy={waiting}
      busyLabel={words('composer.whenFiles', { count: Math.max(onItsWay, 1) })}
      maxLength={limits.messageLength}
      counter={(left) =>
        left < 0 ? words('composer.tooMany', { count: -left }) : words('composer.left', { count: left })
      }
      keyHint={words(isMac ? 'composer.keysMac' : 'composer.keys')}
      audience={
        <>
          {audience}
          {draft.newer && <NewerDraft draft={draft.newer} onUse={keeper.useNewer} onKeep={keeper.keepMine} />}
        </>
      }
      error={error}
      note={
        <div className={classes.notes}>
          {note}
          {queue && <FileLimits />}
          <DraftNotes phase={draft.phase} hasFiles={items.length > 0} onDiscard={() => void discard()} />
        </div>
      }
      {...tools}
    />
  );
}

/** Why the files keep a message from being sent: what it takes to mend that. */
function obstacleIn(items: readonly UploadItem[]) {
  if (items.some((item) => item.refusal === 'virus')) return 'composer.error.virus';
  return items.some((item) => item.state === 'failed') ? 'composer.error.files' : undefined;
}

/** What may be sent, said before one chooses; the whole list is one press away. */
function FileLimits() {
  const words = useWords();
  return (
    <details className={classes.limits}>
      <summary>
        {words('files.limits')} <span className={classes.ask}>{words('files.kinds')}</span>
      </summary>
      <p>{words('files.kinds.list')}</p>
    </details>
  );
}
