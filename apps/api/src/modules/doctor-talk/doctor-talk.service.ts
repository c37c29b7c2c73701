import type { BodyOf, DoctorTalkMessage, endpoints, QueryOf, ReadState } from '@casetalk/contract';
import type { ClinicianActor, Origin } from '../../actors.ts';
import { decodePlace, encodePlace } from '../../db/cursor.ts';
import type { Database } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import type { Idempotency } from '../../plugins/contract-routes.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { caseAccess, peopleOnCase } from '../cases/index.ts';
import { clearDraft } from '../drafts/index.ts';
import type { EventHub } from '../events/index.ts';
import type { DataKey } from '../../vault/data-key.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import { instant, presentDoctorTalkMessage } from './doctor-talk.presenter.ts';
import {
  type DoctorTalkMessageRow,
  doctorTalkRepository,
  type SealedDoctorTalkMessageRow,
} from './doctor-talk.repository.ts';

export interface DoctorTalkNeeds {
  readonly db: Database;
  readonly dataKeys: DataKeys;
  readonly events: EventHub;
}

const opened = (key: DataKey, { body, ...row }: SealedDoctorTalkMessageRow): DoctorTalkMessageRow => ({
  ...row,
  text: key.openText('doctor_talk_messages.body', row.id, body),
});

export function createDoctorTalkService({ db, events, dataKeys }: DoctorTalkNeeds) {
  /** The case's key, for one who sees the case. Before any transaction: making a key may take its time. */
  async function keyForWriting(actor: ClinicianActor, caseId: string): Promise<DataKey> {
    const known = dataKeys.cached(caseId);
    if (known) return known;
    await db.as(actor, (tx) => caseAccess.require(tx, actor, caseId));
    return dataKeys.ensure({ kind: 'case', id: caseId });
  }

  return {
    /** A page of messages, the newest first. */
    async list(
      actor: ClinicianActor,
      origin: Origin,
      caseId: string,
      query: QueryOf<typeof endpoints.listDoctorTalkMessages>,
    ): Promise<{ data: DoctorTalkMessage[]; nextCursor: string | null }> {
      const rows = await db.as(actor, async (tx) => {
        const after = query.cursor === undefined ? undefined : decodePlace(query.cursor);
        await caseAccess.require(tx, actor, caseId);
        const rows = await doctorTalkRepository.page(tx, caseId, query.limit + 1, after);
        await recordAudit(tx, actor, origin, {
          action: 'doctorTalk.read',
          resourceType: 'case',
          resourceId: caseId,
          caseId,
        });
        return rows;
      });
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      if (page.length === 0) return { data: [], nextCursor: null };
      const key = await dataKeys.of(caseId);
      return {
        data: page.map((row) => presentDoctorTalkMessage(opened(key, row), actor)),
        nextCursor: last ? encodePlace({ at: last.createdAt, id: last.id }) : null,
      };
    },

    /**
     * Writes to everyone on the case, once for each Idempotency-Key.
     * @throws ProblemError `idempotency-key-reused` when the key sent other words before
     */
    async send(
      actor: ClinicianActor,
      origin: Origin,
      { key }: Idempotency,
      caseId: string,
      { text, draft }: BodyOf<typeof endpoints.sendDoctorTalkMessage>,
    ): Promise<DoctorTalkMessage> {
      const dataKey = await keyForWriting(actor, caseId);
      const id = newId();
      const body = dataKey.sealText('doctor_talk_messages.body', id, text);
      const message = { id, caseId, senderId: actor.id, body, sendKey: key };
      const { row, people } = await db.as(actor, async (tx) => {
        await caseAccess.require(tx, actor, caseId);
        const written = await doctorTalkRepository.insert(tx, message);
        const sealed = await doctorTalkRepository.bySendKey(tx, message);
        if (!sealed) throw new ProblemError('busy-try-again');
        const row = opened(dataKey, sealed);
        if (row.text !== text) throw new ProblemError('idempotency-key-reused');
        if (!written) return { row, people: [] };
        if (draft) await clearDraft(tx, actor, caseId, draft);
        await recordAudit(tx, actor, origin, {
          action: 'doctorTalk.sent',
          resourceType: 'doctorTalkMessage',
          resourceId: row.id,
          caseId,
        });
        return { row, people: await peopleOnCase(tx, caseId) };
      });
      events.publish(people, { type: 'doctorTalk.message', caseId });
      if (draft) events.publish([actor.id], { type: 'draft.changed', talkId: null, caseId });
      return presentDoctorTalkMessage(row, actor);
    },

    /** Marks everything up to a message as read; a mark never goes back. */
    async markRead(
      actor: ClinicianActor,
      origin: Origin,
      caseId: string,
      messageId: string,
    ): Promise<ReadState> {
      const { standing, moved } = await db.as(actor, async (tx) => {
        await caseAccess.require(tx, actor, caseId);
        if (!(await doctorTalkRepository.exists(tx, caseId, messageId))) throw notFound();
        const moved = await doctorTalkRepository.mark(tx, actor, caseId, messageId);
        if (moved) {
          await recordAudit(tx, actor, origin, {
            action: 'doctorTalk.markedRead',
            resourceType: 'case',
            resourceId: caseId,
            caseId,
          });
        }
        return { standing: await doctorTalkRepository.standing(tx, actor, caseId), moved };
      });
      // The mark is one's own business: it concerns one's other tabs.
      if (moved) events.publish([actor.id], { type: 'doctorTalk.read', caseId });
      return {
        unread: standing.unread,
        readAt: standing.readUpTo === null ? null : instant(standing.readUpTo),
      };
    },
  };
}

export type DoctorTalkService = ReturnType<typeof createDoctorTalkService>;
