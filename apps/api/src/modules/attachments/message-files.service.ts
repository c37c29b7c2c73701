import type { Attachment } from '@casetalk/contract';
import type { Database, Reader, Viewer } from '../../db/database.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import { presentAttachment } from './attachments.presenter.ts';
import { openTalkFiles } from './file-names.ts';
import { messageFileRepository } from './message-files.repository.ts';

/**
 * The files of many messages at once, in the order in which they were sent. For the message list, whose own statement has
 * already decided that the viewer may see those messages; ask only for messages that have files.
 * @returns by message id; messages without files are not in it
 */
export async function filesOfMessagesFor(
  db: Pick<Database, 'pipeline'>,
  keys: DataKeys,
  viewer: Reader,
  messageIds: readonly string[],
): Promise<Map<string, Attachment[]>> {
  const found = new Map<string, Attachment[]>();
  if (messageIds.length === 0) return found;
  const rows = await messageFileRepository.ofMessages(db, viewer, messageIds);
  for (const row of await openTalkFiles(keys, rows)) {
    if (row.messageId === null) continue;
    const list = found.get(row.messageId);
    const attachment = presentAttachment(row, viewer);
    if (list) list.push(attachment);
    else found.set(row.messageId, [attachment]);
  }
  return found;
}

/**
 * What files of the viewer's talks are called, by attachment id. Those that the viewer may not see, or that are gone, are
 * not in it.
 * @throws SealBroken
 */
export async function attachmentNamesFor(
  db: Pick<Database, 'pipeline'>,
  keys: DataKeys,
  viewer: Viewer,
  attachmentIds: readonly string[],
): Promise<Map<string, string>> {
  if (attachmentIds.length === 0) return new Map();
  const rows = await messageFileRepository.names(db, viewer, [...new Set(attachmentIds)]);
  return new Map((await openTalkFiles(keys, rows)).map(({ id, name }) => [id, name]));
}
