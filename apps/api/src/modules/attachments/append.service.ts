import { Readable } from 'node:stream';
import type { Origin, Person } from '../../actors.ts';
import { newId } from '../../db/new-id.ts';
import { inspectFile } from '../../gateways/file-inspector.ts';
import { invalidHeader, notFound, ProblemError } from '../../problem-error.ts';
import type { DataKey } from '../../vault/data-key.ts';
import { SealBroken } from '../../vault/seal-broken.ts';
import { isUncertain, receiveFile } from './receive-file.ts';
import { partsOf } from './parts.ts';
import { type Part, resumableRepository, type ResumableRow } from './resumable.repository.ts';
import { partSize, smallestPart } from './resumable.rules.ts';
import { placeOf, type ResumableNeeds, shelfOf } from './resumable.service.ts';

/** Where an upload stands after more bytes of it. */
export interface Appended {
  /** Bytes. */
  readonly offset: number;
  readonly expiresAt: Date;
}

/** Takes the bytes of uploads that go on where they stopped, and puts the file together with the last of them. */
export function createAppendService({ db, dataKeys, fileStore, shelves }: ResumableNeeds) {
  const requireOwn = (actor: Person, id: string): Promise<ResumableRow> =>
    db.as(actor, async (tx) => {
      const row = await resumableRepository.byId(tx, actor, id);
      if (!row) throw notFound();
      const place = placeOf(row);
      await shelfOf(shelves, actor, place).open(tx, actor, place.id);
      return row;
    });

  /**
   * The file is made of its parts under a key and an id of its own; whatever goes wrong, the parts stay. Where one of them
   * is lost, the upload can never be whole: it is forgotten, so that its sender begins anew.
   */
  async function finish(
    actor: Person,
    origin: Origin,
    row: ResumableRow,
    key: DataKey,
    name: string,
    start: number,
    last: Part,
  ): Promise<void> {
    const place = placeOf(row);
    const parts = [...(await db.as(actor, (tx) => resumableRepository.parts(tx, row.id))), last];
    let lost = false;
    async function* bytes(): AsyncGenerator<Buffer> {
      try {
        for (const { id, size } of parts)
          yield* fileStore.read({ fileId: id, size, keyOwnerId: key.ownerId });
      } catch (error) {
        lost = isLost(error);
        throw error;
      }
    }
    const incoming = {
      name,
      bytes: Readable.from(bytes(), { objectMode: true, highWaterMark: 4 }),
      end: async () => undefined,
    };
    const tell = await receiveFile(fileStore, key, incoming, (file) =>
      db.as(actor, async (tx) => {
        // First of all: what it had set aside is no longer counted beside what it takes.
        if (!(await resumableRepository.finish(tx, actor, row.id, start))) throw elsewhere();
        const shelf = shelfOf(shelves, actor, place);
        return { kept: true, answer: await shelf.add(tx, actor, origin, key, place.id, row.id, file) };
      }),
    ).catch(async (error: unknown) => {
      if (lost) await discard(actor, row.id);
      throw error;
    });
    tell();
    for (const part of parts) await fileStore.remove(part.id);
  }

  /** What can never become a file need not wait for its end. */
  async function discard(actor: Person, id: string): Promise<void> {
    const removed = await db.as(actor, (tx) => resumableRepository.remove(tx, actor, id));
    for (const part of removed?.parts ?? []) await fileStore.remove(part.id);
  }

  return {
    /**
     * Takes bytes from where the upload stands. Those of a request that breaks off stay as far as they came.
     * @param declared where the bytes begin and how many the request says they are; asked once the upload was seen to be
     *   the actor's
     * @throws ProblemError `not-found`, `state-conflict` when it stands elsewhere, `too-large`, `storage-full`; with the
     *   last bytes whatever {@link receiveFile} and {@link Shelf.add} throw
     */
    async append(
      actor: Person,
      origin: Origin,
      id: string,
      declared: () => { offset: number; length: number },
      source: AsyncIterator<Buffer>,
    ): Promise<Appended> {
      const row = await requireOwn(actor, id);
      const { offset, length } = declared();
      if (row.finishedAt !== null || row.received !== offset) throw elsewhere();
      if (offset + length > row.size) throw tooMuch();
      const key = await dataKeys.ensure(placeOf(row));
      const name = key.openText('resumable_uploads.name', row.id, row.name);
      const incoming = partsOf(source);
      let at = offset;

      /** @returns whether it was kept and more may follow */
      async function takePart(): Promise<boolean> {
        const partId = newId();
        const plain = incoming.next(Math.min(partSize, row.size - at));
        const bytes = at === 0 ? inspectFile(name, plain).bytes : plain;
        let kept = false;
        try {
          const part = { id: partId, size: (await fileStore.put(partId, key, bytes)).size };
          if (at + part.size === row.size) {
            if (await incoming.hasMore()) throw tooMuch();
            await finish(actor, origin, row, key, name, at, part);
          } else {
            if (part.size < smallestPart) return false;
            const isAdded = await db.as(actor, (tx) => resumableRepository.addPart(tx, actor, id, at, part));
            if (!isAdded) throw elsewhere();
            kept = true;
          }
          at += part.size;
          return true;
        } catch (error) {
          // Bytes that no row names are found and removed later; a row without bytes would be a loss.
          kept = isUncertain(error);
          throw error;
        } finally {
          if (!kept) await fileStore.remove(partId);
        }
      }

      try {
        while (at < row.size && (await incoming.hasMore()) && (await takePart()));
      } catch (error) {
        if (error instanceof ProblemError && hopeless.has(error.code)) await discard(actor, id);
        throw error;
      }
      if (at === offset && length > 0 && !incoming.wasCut()) throw tooLittle();
      return { offset: at, expiresAt: row.expiresAt };
    },
  };
}

export type AppendService = ReturnType<typeof createAppendService>;

const hopeless: ReadonlySet<string> = new Set(['file-type-refused', 'file-empty']);

/** Bytes that are gone, or that will never open again. */
const isLost = (error: unknown): boolean =>
  error instanceof SealBroken || (error as NodeJS.ErrnoException).code === 'ENOENT';

const elsewhere = (): ProblemError =>
  new ProblemError('state-conflict', {
    detail: 'The upload stands elsewhere. Ask with HEAD where, and go on from there.',
  });

const tooMuch = (): ProblemError =>
  new ProblemError('too-large', { detail: 'These are more bytes than the upload was declared to have.' });

const tooLittle = (): ProblemError =>
  invalidHeader('content-length', `Send at least ${smallestPart} bytes at a time, save for the last ones.`);
