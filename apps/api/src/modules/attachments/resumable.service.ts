import { limits, type ResumableUpload } from '@casetalk/contract';
import type { ClinicianActor, Origin, Person } from '../../actors.ts';
import { decodeCursor, encodeCursor, foreignCursor, isIdKey } from '../../db/cursor.ts';
import type { Database, Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { requireTakenName } from '../../gateways/file-inspector.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import type { DataKey } from '../../vault/data-key.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import type { SealedFileStore } from '../../vault/sealed-file-store.ts';
import { cleanFileName } from './file-name.rules.ts';
import { type Place, resumableRepository, type ResumableRow } from './resumable.repository.ts';
import type { DeclaredFile } from './resumable.rules.ts';
import type { Arrived, Shelf } from './shelf.ts';

export interface ResumableNeeds {
  readonly db: Database;
  readonly dataKeys: DataKeys;
  readonly fileStore: SealedFileStore;
  readonly shelves: { readonly talk: Shelf<Person>; readonly case: Shelf<ClinicianActor> };
}

/** Where an upload stands, for the headers and the body of an answer. */
export type ResumableState = ResumableUpload;

interface ResumableQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

interface ResumablePage {
  readonly data: ResumableState[];
  readonly nextCursor: string | null;
}

export const placeOf = ({ talkId, caseId }: Pick<ResumableRow, 'talkId' | 'caseId'>): Place =>
  talkId === null ? { kind: 'case', id: caseId } : { kind: 'talk', id: talkId };

/** The shelf of a place, for somebody who may use it at all. @throws ProblemError `not-found` for a patient and a case */
export function shelfOf(shelves: ResumableNeeds['shelves'], actor: Person, place: Place): Shelf<Person> {
  if (place.kind === 'talk') return shelves.talk;
  if (actor.kind !== 'clinician') throw notFound();
  return shelves.case;
}

/**
 * Uploads that go on where they stopped. What has arrived of one is kept in parts, each sealed, flushed and named by a row
 * before it is acknowledged, so that a crash costs nothing that was.
 */
export function createResumableService({ db, dataKeys, fileStore, shelves }: ResumableNeeds) {
  const nameOf = (key: DataKey, row: ResumableRow): string =>
    key.openText('resumable_uploads.name', row.id, row.name);

  const present = (row: ResumableRow, name: string, { attachment, caseAttachment }: Arrived) => ({
    id: row.id,
    name,
    size: row.size,
    fingerprint: row.fingerprint,
    offset: row.received,
    expiresAt: row.expiresAt.toISOString(),
    attachment,
    caseAttachment,
  });

  async function arrived(tx: Tx, actor: Person, row: ResumableRow) {
    const place = placeOf(row);
    return shelfOf(shelves, actor, place).find(tx, actor, place.id, row.id);
  }

  return {
    /**
     * Begins an upload and sets its room aside.
     * @param declared says what the file is; asked once the actor was seen to have such a place
     * @throws ProblemError as {@link Shelf.setAside}; `file-type-refused` by the name alone; `idempotency-key-reused`
     */
    async begin(
      actor: Person,
      origin: Origin,
      place: Place,
      uploadKey: string,
      declared: () => DeclaredFile,
    ): Promise<ResumableState> {
      const shelf = shelfOf(shelves, actor, place);
      await db.as(actor, (tx) => shelf.open(tx, actor, place.id));
      const { name, size, fingerprint } = declared();
      const cleaned = cleanFileName(name);
      requireTakenName(cleaned);
      const key = await dataKeys.ensure(place);
      const { row, found } = await db.as(actor, async (tx) => {
        const row = (await resumableRepository.byKey(tx, actor, uploadKey)) ?? (await add(tx, key, cleaned));
        const stays = placeOf(row);
        const isSame = stays.kind === place.kind && stays.id === place.id && row.size === size;
        if (!isSame || nameOf(key, row) !== cleaned) throw new ProblemError('idempotency-key-reused');
        return { row, found: await arrived(tx, actor, row) };
      });
      return present(row, nameOf(key, row), found.present(key));

      async function add(tx: Tx, key: DataKey, name: string): Promise<ResumableRow> {
        await shelf.setAside(tx, actor, place.id, size);
        // The same request may have been here while this one waited its turn.
        const meanwhile = await resumableRepository.byKey(tx, actor, uploadKey);
        if (meanwhile) return meanwhile;
        const caseId = await shelf.open(tx, actor, place.id);
        const talkId = place.kind === 'talk' ? place.id : null;
        const id = newId();
        const sealed = key.sealText('resumable_uploads.name', id, name);
        const upload = { id, caseId, talkId, name: sealed, size, fingerprint, uploadKey };
        await resumableRepository.add(tx, actor, upload, limits.resumableHours);
        await recordAudit(tx, actor, origin, {
          action: 'resumableUpload.begun',
          resourceType: 'resumableUpload',
          resourceId: id,
          caseId,
          talkId,
        });
        const row = await resumableRepository.byId(tx, actor, id);
        if (!row) throw notFound();
        return row;
      }
    },

    /**
     * The actor's unfinished uploads to a place, oldest first: what is still to come of them, and what they hold.
     * @throws ProblemError `not-found` when the actor has no such place, `invalid-request` for a cursor not ours
     */
    async list(actor: Person, origin: Origin, place: Place, query: ResumableQuery): Promise<ResumablePage> {
      const after = afterOf(query.cursor);
      const rows = await db.as(actor, async (tx) => {
        const caseId = await shelfOf(shelves, actor, place).open(tx, actor, place.id);
        await recordAudit(tx, actor, origin, {
          action: 'resumableUpload.listed',
          resourceType: place.kind,
          resourceId: place.id,
          caseId,
          talkId: place.kind === 'talk' ? place.id : null,
        });
        return resumableRepository.unfinished(tx, actor, place, { after, limit: query.limit + 1 });
      });
      if (rows.length === 0) return { data: [], nextCursor: null };
      const key = await dataKeys.of(place.id);
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      return {
        data: page.map((row) => present(row, nameOf(key, row), { attachment: null, caseAttachment: null })),
        nextCursor: last ? encodeCursor([last.id]) : null,
      };
    },

    /** How far an upload of the actor's is. @throws ProblemError `not-found` */
    async read(actor: Person, origin: Origin, id: string): Promise<ResumableState> {
      const { row, found } = await db.as(actor, async (tx) => {
        const row = await resumableRepository.byId(tx, actor, id);
        if (!row) throw notFound();
        const place = placeOf(row);
        await shelfOf(shelves, actor, place).open(tx, actor, place.id);
        await recordAudit(tx, actor, origin, {
          action: 'resumableUpload.read',
          resourceType: 'resumableUpload',
          resourceId: id,
          caseId: row.caseId,
          talkId: row.talkId,
        });
        return { row, found: await arrived(tx, actor, row) };
      });
      const key = await dataKeys.of(placeOf(row).id);
      return present(row, nameOf(key, row), found.present(key));
    },

    /** Gives up an unfinished upload, bytes and all. @throws ProblemError `not-found`; `state-conflict` once it is whole */
    async remove(actor: Person, origin: Origin, id: string): Promise<void> {
      const parts = await db.as(actor, async (tx) => {
        const known = await resumableRepository.byId(tx, actor, id);
        if (!known) throw notFound();
        const removed = await resumableRepository.remove(tx, actor, id);
        if (!removed) throw new ProblemError('state-conflict');
        await recordAudit(tx, actor, origin, {
          action: 'resumableUpload.removed',
          resourceType: 'resumableUpload',
          resourceId: id,
          caseId: known.caseId,
          talkId: known.talkId,
        });
        return removed.parts;
      });
      for (const part of parts) await fileStore.remove(part.id);
    },
  };
}

export type ResumableService = ReturnType<typeof createResumableService>;

/** @throws ProblemError `invalid-request` */
function afterOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [id] = decodeCursor(cursor, 1);
  if (!isIdKey(id)) throw foreignCursor();
  return id;
}
