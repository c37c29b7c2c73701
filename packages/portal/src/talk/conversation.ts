import type { Result } from '@casetalk/client';
import type { Attachment, DraftMark } from '@casetalk/contract';
import type { QueryKey } from '@tanstack/react-query';
import type { UnfinishedPlace } from '../files/unfinished-place.ts';
import type { DraftPlaceOnServer } from './draft-keeper.ts';

/** A file of a message; with the emergency access that it is read by, if it is. */
export type ThreadFile = Attachment & { readonly grantId?: string };

/** A message as the thread shows it, whichever talk it comes from. */
export interface ThreadMessage {
  readonly id: string;
  readonly sender: { readonly id: string; readonly name: string; readonly role?: string };
  readonly mine: boolean;
  readonly text: string;
  readonly attachments: readonly ThreadFile[];
  /** An instant in UTC. */
  readonly createdAt: string;
  /** When the other person had read it; null where nobody tells. */
  readonly readAt: string | null;
}

/** Messages, newest first, and where to go on. */
export interface MessagePage {
  readonly data: readonly ThreadMessage[];
  readonly nextCursor: string | null;
}

export interface MessageDraft {
  readonly text: string;
  readonly attachmentIds: readonly string[];
  /** The draft that goes with it, if the service has one. */
  readonly draft?: DraftMark | undefined;
}

/** How the files of a message are brought to the API before it is sent. */
export interface ConversationFiles {
  /** Unsent files of this person, for restoring them after a reload. */
  readonly uploadsKey: QueryKey;
  list(signal: AbortSignal): Promise<Result<{ readonly data: readonly Attachment[] }>>;
  upload(
    file: File,
    options: {
      readonly signal: AbortSignal;
      readonly idempotencyKey: string;
      readonly onProgress: (share: number) => void;
      /** Told when the connection is lost and the upload waits, and when it goes on. */
      readonly onPause: (isPaused: boolean) => void;
      /** An unfinished upload of the same file, to go on with. */
      readonly resume: string | undefined;
      /** Told the id of an upload that can be gone on with. */
      readonly onBegun: (resumableUploadId: string) => void;
    },
  ): Promise<Result<Attachment>>;
  remove(attachmentId: string): Promise<Result<unknown>>;
  /** Large files that are not whole yet. */
  readonly unfinished: UnfinishedPlace;
}

/** Where messages come from and go to: a patient talk or a doctor talk. The thread and the composer know no more. */
export interface Conversation {
  /** Names it among all others, for what this tab keeps of drafts and unsent messages. */
  readonly id: string;
  readonly messagesKey: QueryKey;
  /** What a sent message or a read mark makes stale beside the messages. */
  readonly staleKeys: readonly QueryKey[];
  loadPage(cursor: string | null, signal: AbortSignal): Promise<Result<MessagePage>>;
  send(draft: MessageDraft, idempotencyKey: string): Promise<Result<ThreadMessage>>;
  markRead(messageId: string): Promise<Result<unknown>>;
  /** Where what is begun is kept; null where nobody writes. */
  readonly draft: (DraftPlaceOnServer & { readonly key: QueryKey }) | null;
  /** Null where messages carry no files. */
  readonly files: ConversationFiles | null;
}
