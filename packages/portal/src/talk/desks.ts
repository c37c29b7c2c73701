import { UploadQueue } from '../files/upload-queue.ts';
import { whenForgotten } from '../device/person-storage.ts';
import type { Conversation } from './conversation.ts';
import { DraftKeeper } from './draft-keeper.ts';
import { Outbox } from './outbox.ts';

/** What one person has in hand in one conversation: words begun, messages on their way, files being uploaded. */
export interface Desk {
  readonly draft: DraftKeeper;
  readonly outbox: Outbox;
  readonly uploads: UploadQueue | null;
}

const desks = new Map<string, Desk>();

whenForgotten(() => {
  for (const desk of desks.values()) {
    desk.draft.abandon();
    desk.uploads?.abandon();
  }
  desks.clear();
});

/** The desk of a person in a conversation: always the same one, so that uploads go on while other screens are shown. */
export function deskOf(personId: string, conversation: Conversation): Desk {
  const name = `${personId}/${conversation.id}`;
  const known = desks.get(name);
  if (known) return known;
  const outbox = new Outbox(personId, conversation.id);
  const desk = {
    draft: new DraftKeeper(personId, conversation.id, conversation.draft, () =>
      outbox.messages().map(({ text }) => text),
    ),
    outbox,
    uploads: conversation.files ? new UploadQueue(conversation.files) : null,
  };
  desks.set(name, desk);
  return desk;
}
