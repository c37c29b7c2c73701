import type { CaseAttachment, FileKind } from '@casetalk/contract';
import type { ClinicianActor, Origin } from '../../actors.ts';
import { decodeCursor, encodeCursor } from '../../db/cursor.ts';
import type { Database, Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import type { IncomingFile } from '../../incoming-file.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { caseAccess, peopleOnCase } from '../cases/index.ts';
import type { EventHub } from '../events/index.ts';
import type { DataKey } from '../../vault/data-key.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import type { SealedFileStore } from '../../vault/sealed-file-store.ts';
import { mayRemoveCaseAttachment } from './attachments.policy.ts';
import { presentCaseAttachment } from './attachments.presenter.ts';
import { caseUploadRefusal, defaultDirection, type Quotas } from './attachments.rules.ts';
import { caseAttachmentRepository, type SealedCaseAttachmentRow } from './case-attachments.repository.ts';
import { openCaseFile } from './file-names.ts';
import { pageByName } from './name-order.rules.ts';
import { quotaRepository } from './quota.repository.ts';
import { refused } from './quota-refusal.ts';
import { resumableRepository } from './resumable.repository.ts';
import type { Shelf } from './shelf.ts';
import { fileRepository } from './files.repository.ts';
import { fileRowOf, type ReceivedFile, receiveFile } from './receive-file.ts';
import type { FileScanning } from './scanning.ts';

export interface CaseAttachmentNeeds {
  readonly db: Database;
  readonly dataKeys: DataKeys;
  readonly fileStore: SealedFileStore;
  readonly events: Pick<EventHub, 'publish'>;
  readonly quotas: Quotas;
  readonly scanning: Pick<FileScanning, 'begin' | 'wake'>;
}

export interface CaseAttachmentQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly kind?: FileKind | undefined;
  readonly sort: 'added' | 'name' | 'addedBy';
  readonly direction?: 'ascending' | 'descending' | undefined;
}

/** The files that everyone on a case can see. */
export function createCaseAttachmentService({
  db,
  dataKeys,
  fileStore,
  events,
  quotas,
  scanning,
}: CaseAttachmentNeeds) {
  /** @throws ProblemError when the case is not the actor's to see, is closed, or has no room */
  async function requireRoom(tx: Tx, actor: ClinicianActor, caseId: string, size: number): Promise<void> {
    const facts = await caseAccess.require(tx, actor, caseId);
    if (facts.status === 'closed') throw new ProblemError('state-conflict');
    const held = await resumableRepository.held(tx, actor, { kind: 'case', id: caseId });
    const refusal = caseUploadRefusal(
      {
        caseBytes: (await caseAttachmentRepository.caseBytes(tx, caseId)) + held.inPlace,
        dayBytes: (await quotaRepository.dayBytes(tx, actor)) + held.inDay,
      },
      size,
      quotas,
    );
    if (refusal) throw refused(refusal);
  }

  /** What this key made before. A key that named another case, or a file that is gone again, makes nothing anew. */
  async function earlier(
    tx: Tx,
    actor: ClinicianActor,
    caseId: string,
    uploadKey: string,
  ): Promise<SealedCaseAttachmentRow | undefined> {
    const row = await caseAttachmentRepository.byUploadKey(tx, actor, uploadKey);
    if (row && row.caseId !== caseId) throw new ProblemError('idempotency-key-reused');
    if (row?.removed) throw new ProblemError('state-conflict');
    return row;
  }

  async function insert(
    tx: Tx,
    key: DataKey,
    actor: ClinicianActor,
    origin: Origin,
    caseId: string,
    uploadKey: string,
    file: ReceivedFile,
  ): Promise<void> {
    await requireRoom(tx, actor, caseId, file.size);
    await fileRepository.add(tx, fileRowOf(file, caseId), scanning.begin(actor));
    const id = newId();
    await caseAttachmentRepository.add(tx, {
      id,
      caseId,
      fileId: file.id,
      name: key.sealText('case_attachments.name', id, file.name),
      origin: 'upload',
      addedBy: actor.id,
      uploadKey,
    });
    await recordAudit(tx, actor, origin, {
      action: 'caseAttachment.uploaded',
      resourceType: 'caseAttachment',
      resourceId: id,
      caseId,
    });
  }

  return {
    /** What a resumable upload to a case needs of it. */
    shelf: {
      async open(tx, actor, caseId) {
        await caseAccess.require(tx, actor, caseId);
        return caseId;
      },
      async setAside(tx, actor, caseId, size) {
        await quotaRepository.lockPerson(tx, actor);
        await caseAttachmentRepository.lockCase(tx, caseId);
        await requireRoom(tx, actor, caseId, size);
      },
      async add(tx, actor, origin, key, caseId, uploadKey, file) {
        await quotaRepository.lockPerson(tx, actor);
        await caseAttachmentRepository.lockCase(tx, caseId);
        await insert(tx, key, actor, origin, caseId, uploadKey, file);
        const people = await peopleOnCase(tx, caseId);
        return () => {
          scanning.wake();
          events.publish(people, { type: 'caseAttachment.changed', caseId });
        };
      },
      async find(tx, actor, caseId, uploadKey) {
        const row = await caseAttachmentRepository.byUploadKey(tx, actor, uploadKey);
        const present = row && !row.removed && row.caseId === caseId ? row : undefined;
        return {
          present: (key) => ({
            attachment: null,
            caseAttachment: present ? presentCaseAttachment(openCaseFile(key, present), actor) : null,
          }),
        };
      },
    } satisfies Shelf<ClinicianActor>,

    /**
     * Takes a file for everyone on a case. Who may, and whether there is room, is settled before a byte of it is read.
     * @param uploadKey names this upload: sent again, the file of the first time is the answer
     * @throws ProblemError as {@link receiveFile}; `not-found`, `state-conflict`, `idempotency-key-reused`
     */
    async upload(
      actor: ClinicianActor,
      origin: Origin,
      caseId: string,
      uploadKey: string,
      open: () => Promise<IncomingFile>,
    ): Promise<CaseAttachment> {
      const repeated = await db.as(actor, async (tx) => {
        await caseAccess.require(tx, actor, caseId);
        const before = await earlier(tx, actor, caseId, uploadKey);
        if (!before) await requireRoom(tx, actor, caseId, 0);
        return before;
      });
      const key = await dataKeys.ensure({ kind: 'case', id: caseId });
      if (repeated) return presentCaseAttachment(openCaseFile(key, repeated), actor);
      const { row, people } = await receiveFile(fileStore, key, await open(), (file) =>
        db.as(actor, async (tx) => {
          await quotaRepository.lockPerson(tx, actor);
          await caseAttachmentRepository.lockCase(tx, caseId);
          const before = await earlier(tx, actor, caseId, uploadKey);
          if (!before) await insert(tx, key, actor, origin, caseId, uploadKey, file);
          const row = before ?? (await caseAttachmentRepository.byFile(tx, caseId, file.id));
          if (!row) throw notFound();
          return { kept: !before, answer: { row, people: await peopleOnCase(tx, caseId) } };
        }),
      );
      scanning.wake();
      events.publish(people, { type: 'caseAttachment.changed', caseId });
      return presentCaseAttachment(openCaseFile(key, row), actor);
    },

    /** One page of the case's files. @throws ProblemError `not-found`, `invalid-request` for a cursor not ours */
    async list(
      actor: ClinicianActor,
      origin: Origin,
      caseId: string,
      query: CaseAttachmentQuery,
    ): Promise<{ data: CaseAttachment[]; nextCursor: string | null }> {
      const { kind, sort } = query;
      const wanted = {
        kind,
        direction: query.direction ?? defaultDirection(sort),
        after: afterOf(query.cursor),
        limit: query.limit + 1,
      };
      const sealed = await db.as(actor, async (tx) => {
        await caseAccess.require(tx, actor, caseId);
        await recordAudit(tx, actor, origin, {
          action: 'caseAttachment.listed',
          resourceType: 'case',
          resourceId: caseId,
          caseId,
        });
        return sort === 'name'
          ? caseAttachmentRepository.all(tx, caseId)
          : caseAttachmentRepository.list(tx, caseId, { ...wanted, sort });
      });
      if (sealed.length === 0) return { data: [], nextCursor: null };
      const key = await dataKeys.of(caseId);
      const opened = sealed.map((row) => openCaseFile(key, row));
      const rows = sort === 'name' ? pageByName(opened, wanted) : opened;
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      return {
        data: page.map((row) => presentCaseAttachment(row, actor)),
        nextCursor: last ? encodeCursor([last.id]) : null,
      };
    },

    /**
     * Stops sharing a file, or takes an upload back: from the commit on nobody gets it through the case. The file itself
     * stays in the talk it came from, from where it may be shared anew.
     * @throws ProblemError `not-found`, also for those who see the file and may not remove it
     */
    async remove(actor: ClinicianActor, origin: Origin, caseAttachmentId: string): Promise<void> {
      const { caseId, people, talk } = await db.as(actor, async (tx) => {
        const row = await caseAttachmentRepository.byId(tx, caseAttachmentId);
        if (!row || !mayRemoveCaseAttachment(actor, row)) throw notFound();
        await caseAccess.require(tx, actor, row.caseId);
        if (!(await caseAttachmentRepository.remove(tx, row.id, actor.id))) throw notFound();
        const talk =
          row.origin === 'patientTalk'
            ? await caseAttachmentRepository.talkOf(tx, actor, row.sourceFileId)
            : undefined;
        await recordAudit(tx, actor, origin, {
          action: row.origin === 'patientTalk' ? 'attachment.unshared' : 'caseAttachment.removed',
          resourceType: 'caseAttachment',
          resourceId: row.id,
          caseId: row.caseId,
          talkId: talk?.talkId ?? null,
        });
        return { caseId: row.caseId, people: await peopleOnCase(tx, row.caseId), talk };
      });
      events.publish(people, { type: 'caseAttachment.changed', caseId });
      if (talk) {
        const two = [actor.id, ...(talk.patientId ? [talk.patientId] : [])];
        events.publish(two, { type: 'talk.changed', talkId: talk.talkId, caseId });
      }
    },
  };
}

export type CaseAttachmentService = ReturnType<typeof createCaseAttachmentService>;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function afterOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [id] = decodeCursor(cursor, 1);
  // Anything else was not ours, and must not reach the database as an id.
  return id && uuid.test(id) ? id : '00000000-0000-0000-0000-000000000000';
}
