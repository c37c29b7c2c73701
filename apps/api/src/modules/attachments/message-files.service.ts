import { type Attachment, limits } from '@casetalk/contract';
import type { Database, Tx, Viewer } from '../../db/database.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { presentAttachment } from './attachments.presenter.ts';
import { messageFileRepository } from './message-files.repository.ts';

/**
 * The files of many messages at once, in the order in which they were sent. For the message list, whose own statement has
 * already decided that the viewer may see those messages; ask only for messages that have files.
 * @returns by message id; messages without files are not in it
 */
export async function filesOfMessagesFor(
  db: Pick<Database, 'pipeline'>,
  viewer: Viewer,
  messageIds: readonly string[],
): Promise<Map<string, Attachment[]>> {
  const found = new Map<string, Attachment[]>();
  if (messageIds.length === 0) return found;
  for (const row of await messageFileRepository.ofMessages(db, viewer, messageIds)) {
    if (row.messageId === null) continue;
    const list = found.get(row.messageId);
    const attachment = presentAttachment(row, viewer);
    if (list) list.push(attachment);
    else found.set(row.messageId, [attachment]);
  }
  return found;
}

/**
 * Gives the sender's waiting files to a message, in the transaction that sends it: one conditional update, so that no
 * file is ever in two messages, in another talk's message or in somebody else's.
 * @param attachmentIds in the order in which they shall stand
 * @throws ProblemError `too-many-files` beyond the number or size that one message may carry; `not-found` when one of
 *   them is not a waiting file of this sender in this talk
 */
export async function claimUploads(
  tx: Tx,
  viewer: Viewer,
  message: { readonly id: string; readonly talkId: string },
  attachmentIds: readonly string[],
): Promise<void> {
  if (attachmentIds.length === 0) return;
  const wanted = [...new Set(attachmentIds)];
  if (wanted.length > limits.filesPerMessage) throw new ProblemError('too-many-files');
  const sizes = await messageFileRepository.claim(tx, viewer, message, wanted);
  if (sizes.length !== wanted.length) throw notFound();
  if (sizes.reduce((sum, size) => sum + size, 0) > limits.messageFilesSize) {
    throw new ProblemError('too-many-files', { detail: 'Send these files with more than one message.' });
  }
}
