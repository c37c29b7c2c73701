import type { BodyOf, endpoints, Message, QueryOf, ReadState } from '@casetalk/contract';
import { limits } from '@casetalk/contract';
import type { Origin, Person } from '../../actors.ts';
import type { GrantHolder } from '../../db/database.ts';
import { decodePlace, encodePlace } from '../../db/cursor.ts';
import type { Idempotency } from '../../plugins/contract-routes.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { filesOfMessagesFor } from '../attachments/index.ts';
import { messagePage } from './message-page.repository.ts';
import { markRead } from './read-mark.repository.ts';
import { type NewMessage, type SentRow, sendMessageRepository } from './send-message.repository.ts';
import { mayWrite } from './talks.policy.ts';
import { instant, presentMessage } from './talks.presenter.ts';
import type { TalksNeeds } from './talks.service.ts';

/** How often a message that a twin or a lock got in the way of is tried before the caller is asked to come back. */
const rounds = 3;

export function createMessagesService({ db, events, dataKeys }: TalksNeeds) {
  async function present(row: SentRow, viewer: Person): Promise<Message> {
    const files = await filesOfMessagesFor(db, dataKeys, viewer, row.fileCount > 0 ? [row.id] : []);
    return presentMessage(row, row, viewer, files.get(row.id) ?? []);
  }

  /** The message of an earlier request with the same key. */
  async function earlier(viewer: Person, message: NewMessage): Promise<Message | undefined> {
    const row = await sendMessageRepository.repeat(db, dataKeys, viewer, message);
    if (!row) return undefined;
    const sent = await present(row, viewer);
    const sameFiles =
      sent.attachments.length === message.attachmentIds.length &&
      sent.attachments.every(({ id }, index) => id === message.attachmentIds[index]);
    if (sent.text !== message.text || !sameFiles) throw new ProblemError('idempotency-key-reused');
    return sent;
  }

  /** Says why nothing was written, or returns when nothing stands in the way any more. */
  async function refuse(viewer: Person, message: NewMessage): Promise<void> {
    const reason = await sendMessageRepository.explain(db, viewer, message);
    if (!reason) throw notFound();
    if (!mayWrite({ caseOpen: reason.open, clinicianSeesCase: reason.clinicianSeesCase })) {
      throw new ProblemError('state-conflict');
    }
    if (reason.claimable !== message.attachmentIds.length) throw notFound();
    if (reason.claimableSize > limits.messageFilesSize) {
      throw new ProblemError('too-many-files', { detail: 'Send these files with more than one message.' });
    }
  }

  return {
    /**
     * Sends a message once for each Idempotency-Key: a repeat gets the message that the first one wrote.
     * @throws ProblemError `not-found` for a talk that is not the viewer's, and for files that do not wait for this
     *   sender in this talk; `state-conflict` in a closed case or when the clinician has left it;
     *   `idempotency-key-reused`; `too-many-files`
     */
    async send(
      viewer: Person,
      origin: Origin,
      { key }: Idempotency,
      talkId: string,
      body: BodyOf<typeof endpoints.sendMessage>,
    ): Promise<Message> {
      const message: NewMessage = {
        talkId,
        text: body.text,
        attachmentIds: [...new Set(body.attachmentIds)],
        sendKey: key,
        draft: body.draft,
      };
      for (let round = 0; round < rounds; round += 1) {
        const row = await sendMessageRepository.send(db, dataKeys, viewer, origin, message);
        if (row) {
          const { clinicianId, patientId, caseId } = row;
          events.publish(patientId === null ? [clinicianId] : [clinicianId, patientId], {
            type: 'talk.message',
            talkId,
            caseId,
            messageId: row.id,
          });
          if (message.draft) events.publish([viewer.id], { type: 'draft.changed', talkId, caseId });
          return present(row, viewer);
        }
        const repeated = await earlier(viewer, message);
        if (repeated) return repeated;
        await refuse(viewer, message);
      }
      throw new ProblemError('busy-try-again', { retryAfterSeconds: 1 });
    },

    /** A page of messages, the newest first; also for an administrator with a live grant. */
    async list(
      viewer: Person | GrantHolder,
      origin: Origin,
      talkId: string,
      query: QueryOf<typeof endpoints.listMessages>,
    ): Promise<{ data: Message[]; nextCursor: string | null }> {
      const found = await messagePage(db, dataKeys, viewer, origin, {
        talkId,
        limit: query.limit + 1,
        before: query.cursor === undefined ? undefined : decodePlace(query.cursor),
      });
      if (!found) throw notFound();
      const { thread, messages } = found;
      const page = messages.slice(0, query.limit);
      const last = messages.length > query.limit ? page.at(-1) : undefined;
      const files = await filesOfMessagesFor(
        db,
        dataKeys,
        viewer,
        page.filter(({ fileCount }) => fileCount > 0).map(({ id }) => id),
      );
      return {
        data: page.map((row) => presentMessage(row, thread, viewer, files.get(row.id) ?? [])),
        nextCursor: last ? encodePlace({ at: last.createdAt, id: last.id }) : null,
      };
    },

    /** Marks everything up to a message as read; a mark never goes back. */
    async markRead(
      viewer: Person,
      origin: Origin,
      talkId: string,
      { messageId }: BodyOf<typeof endpoints.markTalkRead>,
    ): Promise<ReadState> {
      const row = await markRead(db, viewer, origin, { talkId, messageId });
      if (!row?.known) throw notFound();
      const { caseId, clinicianId, patientId, moved, first, invitationId } = row;
      if (moved) {
        const clinician = row.clinicianSeesCase ? [clinicianId] : [];
        const patient = patientId === null ? [] : [patientId];
        events.publish([...clinician, ...patient], { type: 'talk.read', talkId, caseId });
        if (first && viewer.kind === 'patient' && invitationId !== null) {
          events.publish(clinician, { type: 'invitation.changed', invitationId, caseId });
        }
      }
      return { unread: row.unread, readAt: row.readUpTo === null ? null : instant(row.readUpTo) };
    },
  };
}

export type MessagesService = ReturnType<typeof createMessagesService>;
