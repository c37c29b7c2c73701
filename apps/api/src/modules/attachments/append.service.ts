import type { Readable } from 'node:stream';
import type { Origin, Person } from '../../actors.ts';
import { newId } from '../../db/new-id.ts';
import { inspected } from '../../gateways/file-inspector.ts';
import type { FileType } from '../../gateways/file-types.ts';
import { invalidHeader, notFound, ProblemError } from '../../problem-error.ts';
import type { DataKey } from '../../vault/data-key.ts';
import type { Part } from '../../vault/file-list.ts';
import { SealBroken } from '../../vault/seal-broken.ts';
import type { PlainRange } from '../../vault/sealed-bytes.ts';
import type { StoredFile } from '../../vault/sealed-file-store.ts';
import { withEnding } from './file-name.rules.ts';
import { partsOf } from './parts.ts';
import { createPassingBytes, nothingPassed, type Passed } from './passing-bytes.ts';
import { isUncertain } from './receive-file.ts';
import { resumableRepository, type ResumableRow } from './resumable.repository.ts';
import { partSize, smallestPart } from './resumable.rules.ts';
import { placeOf, type ResumableNeeds, shelfOf } from './resumable.service.ts';

/** Where an upload stands after more bytes of it. */
export interface Appended {
  /** Bytes. */
  readonly offset: number;
  readonly expiresAt: Date;
}

/** Takes the bytes of uploads that go on where they stopped, and makes one file of them with the last. */
export function createAppendService({ db, dataKeys, fileStore, shelves }: ResumableNeeds) {
  const passing = createPassingBytes();

  const requireOwn = (actor: Person, id: string): Promise<ResumableRow> =>
    db.as(actor, async (tx) => {
      const row = await resumableRepository.byId(tx, actor, id);
      if (!row) throw notFound();
      const place = placeOf(row);
      await shelfOf(shelves, actor, place).open(tx, actor, place.id);
      return row;
    });

  /**
   * The file is the list of its parts, under an id of its own; whatever goes wrong, the parts stay as they are.
   * @param start where the last part begins
   * @param passed what is known of all bytes; undefined when some of them passed elsewhere
   */
  async function finish(
    actor: Person,
    origin: Origin,
    row: ResumableRow,
    { key, name }: { readonly key: DataKey; readonly name: string },
    start: number,
    last: Part,
    passed: Passed | undefined,
  ): Promise<void> {
    const id = newId();
    const keyOwnerId = key.ownerId;
    const file = { fileId: id, size: row.size, keyOwnerId };
    let kept = false;
    try {
      const parts = await db.as(actor, (tx) => resumableRepository.parts(tx, row.id));
      await fileStore.join(id, key, [...parts, last]);
      const { type, sha256 } = await judge(file, name, passed);
      const tell = await db.as(actor, async (tx) => {
        // First of all: what it had set aside is no longer counted beside what it takes.
        if (!(await resumableRepository.finish(tx, actor, row.id, start))) throw elsewhere();
        const place = placeOf(row);
        const received = {
          id,
          name: withEnding(name, type.extension),
          size: row.size,
          sha256,
          type,
          keyOwnerId,
        };
        const shelf = shelfOf(shelves, actor, place);
        const tell = await shelf.add(tx, actor, origin, key, place.id, row.id, received);
        await resumableRepository.handOver(tx, row.id, id, start, last);
        return tell;
      });
      kept = true;
      tell();
    } catch (error) {
      kept = isUncertain(error);
      // Where a part is lost, the upload can never be whole: its sender begins anew.
      if (isLost(error)) await discard(actor, row.id);
      throw error;
    } finally {
      if (!kept) await fileStore.remove(id);
    }
  }

  /** What a file is, and its hash: of its bytes as they passed, or as they are kept. */
  async function judge(
    file: StoredFile,
    name: string,
    passed: Passed | undefined,
  ): Promise<{ type: FileType; sha256: Buffer }> {
    const seen = passed ?? nothingPassed(name);
    if (!passed) {
      for await (const bytes of inspected(fileStore.read(file), seen.inspector))
        seen.hash.update(bytes as Buffer);
    }
    const read = (range: PlainRange): Readable => fileStore.read(file, range);
    return { type: await seen.inspector.conclude({ size: file.size, read }), sha256: seen.hash.digest() };
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
     *   last bytes `file-type-refused` and whatever {@link Shelf.add} throws
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
      let passed = passing.take(id, name, offset);
      let at = offset;

      /** @returns whether it was kept and more may follow */
      async function takePart(): Promise<boolean> {
        const partId = newId();
        const plain = incoming.next(Math.min(partSize, row.size - at));
        let kept = false;
        try {
          const bytes = passed ? inspected(plain, passed.inspector) : plain;
          const part = { id: partId, size: (await fileStore.put(partId, key, bytes, passed?.hash)).size };
          const end = at + part.size;
          if (end === row.size) {
            if (await incoming.hasMore()) throw tooMuch();
            await finish(actor, origin, row, { key, name }, at, part, passed);
          } else {
            if (part.size < smallestPart) return false;
            const isAdded = await db.as(actor, (tx) => resumableRepository.addPart(tx, actor, id, at, part));
            if (!isAdded) throw elsewhere();
            if (passed) passed = { ...passed, bytes: end };
          }
          kept = true;
          at = end;
          return true;
        } catch (error) {
          // Bytes that no row names are found and removed later; a row without bytes would be a loss.
          kept = isUncertain(error);
          throw error;
        } finally {
          if (!kept) {
            await fileStore.remove(partId);
            passed = undefined;
          }
        }
      }

      try {
        while (at < row.size && (await incoming.hasMore()) && (await takePart()));
      } catch (error) {
        if (error instanceof ProblemError && hopeless.has(error.code)) await discard(actor, id);
        throw error;
      }
      if (at === offset && length > 0 && !incoming.wasCut()) throw tooLittle();
      if (passed && at < row.size) passing.keep(id, passed);
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
