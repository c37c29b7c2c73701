import { and, asc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { Tx, Viewer } from '../../db/database.ts';
import { resumableUploadParts, resumableUploads } from '../../db/schema/index.ts';
import type { Part } from '../../vault/file-list.ts';

/** Where a file goes once it is whole. */
export interface Place {
  readonly kind: 'talk' | 'case';
  readonly id: string;
}

/** An upload as its owner may know it. */
export interface ResumableRow {
  readonly id: string;
  readonly caseId: string;
  readonly talkId: string | null;
  /** Sealed. */
  readonly name: Buffer;
  /** Bytes. */
  readonly size: number;
  readonly fingerprint: string | null;
  readonly received: number;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date;
}

export interface NewResumable {
  readonly id: string;
  readonly caseId: string;
  readonly talkId: string | null;
  readonly name: Buffer;
  readonly size: number;
  readonly fingerprint: string | null;
  readonly uploadKey: string;
}

/** What unfinished uploads have set aside. */
export interface Held {
  readonly count: number;
  /** Bytes. */
  readonly inPlace: number;
  readonly inDay: number;
}

const columns = {
  id: resumableUploads.id,
  caseId: resumableUploads.caseId,
  talkId: resumableUploads.talkId,
  name: resumableUploads.name,
  size: resumableUploads.size,
  fingerprint: resumableUploads.fingerprint,
  received: resumableUploads.received,
  finishedAt: resumableUploads.finishedAt,
  expiresAt: resumableUploads.expiresAt,
};

/** The viewer's own; row-level security says the same. */
const mine = (viewer: Viewer): SQL =>
  sql`${resumableUploads.ownerKind} = ${viewer.kind} and ${resumableUploads.ownerId} = ${viewer.id}`;
const alive = gt(resumableUploads.expiresAt, sql`now()`);
const unfinished = isNull(resumableUploads.finishedAt);

const inPlace = ({ kind, id }: Place): SQL =>
  kind === 'talk'
    ? sql`${resumableUploads.talkId} = ${id}`
    : sql`${resumableUploads.talkId} is null and ${resumableUploads.caseId} = ${id}`;

export const resumableRepository = {
  /** @param lifeHours how long the upload may take */
  async add(tx: Tx, viewer: Viewer, upload: NewResumable, lifeHours: number): Promise<void> {
    await tx.insert(resumableUploads).values({
      ...upload,
      ownerKind: viewer.kind,
      ownerId: viewer.id,
      expiresAt: sql`now() + make_interval(hours => ${lifeHours})`,
    });
  },

  async byId(tx: Tx, viewer: Viewer, id: string): Promise<ResumableRow | undefined> {
    const [row] = await tx
      .select(columns)
      .from(resumableUploads)
      .where(and(eq(resumableUploads.id, id), mine(viewer), alive));
    return row;
  },

  /** What an upload key of the viewer's began, wherever it was to go. */
  async byKey(tx: Tx, viewer: Viewer, uploadKey: string): Promise<ResumableRow | undefined> {
    const [row] = await tx
      .select(columns)
      .from(resumableUploads)
      .where(and(eq(resumableUploads.uploadKey, uploadKey), mine(viewer)));
    return row;
  },

  /**
   * The viewer's unfinished uploads to a place, oldest first.
   * @param after the id of the last one on the page before
   */
  async unfinished(
    tx: Tx,
    viewer: Viewer,
    place: Place,
    page: { readonly after: string | undefined; readonly limit: number },
  ): Promise<ResumableRow[]> {
    const beyond = page.after === undefined ? undefined : gt(resumableUploads.id, page.after);
    return tx
      .select(columns)
      .from(resumableUploads)
      .where(and(mine(viewer), inPlace(place), alive, unfinished, beyond))
      .orderBy(asc(resumableUploads.id))
      .limit(page.limit);
  },

  /** What the viewer's unfinished uploads have set aside, in one place and within a day. */
  async held(tx: Tx, viewer: Viewer, place: Place): Promise<Held> {
    const [row] = await tx
      .select({
        count: sql<number>`(count(*) filter (where ${inPlace(place)}))::int`,
        inPlace: sql<number>`coalesce(sum(${resumableUploads.size}) filter (where ${inPlace(place)}), 0)::float8`,
        inDay: sql<number>`coalesce(sum(${resumableUploads.size}), 0)::float8`,
      })
      .from(resumableUploads)
      .where(and(mine(viewer), alive, unfinished));
    return row ?? { count: 0, inPlace: 0, inDay: 0 };
  },

  /**
   * Adds bytes that are kept, at the place where the upload stands.
   * @returns false when it stands elsewhere, is finished or is over: somebody else was quicker
   */
  async addPart(tx: Tx, viewer: Viewer, uploadId: string, start: number, part: Part): Promise<boolean> {
    const moved = await tx
      .update(resumableUploads)
      .set({ received: sql`${resumableUploads.received} + ${part.size}` })
      .where(standsAt(viewer, uploadId, start))
      .returning({ id: resumableUploads.id });
    if (moved.length === 0) return false;
    await tx.insert(resumableUploadParts).values({ id: part.id, uploadId, start, size: part.size });
    return true;
  },

  /** The parts of an upload, in the order of the file. */
  async parts(tx: Tx, uploadId: string): Promise<Part[]> {
    return tx
      .select({ id: resumableUploadParts.id, size: resumableUploadParts.size })
      .from(resumableUploadParts)
      .where(eq(resumableUploadParts.uploadId, uploadId))
      .orderBy(asc(resumableUploadParts.start));
  },

  /** Marks an upload that stands at `start` as whole. @returns false as {@link addPart} */
  async finish(tx: Tx, viewer: Viewer, uploadId: string, start: number): Promise<boolean> {
    const finished = await tx
      .update(resumableUploads)
      .set({ received: sql`${resumableUploads.size}`, finishedAt: sql`now()` })
      .where(standsAt(viewer, uploadId, start))
      .returning({ id: resumableUploads.id });
    return finished.length > 0;
  },

  /** The parts of an upload, and the last one that was not counted yet, are those of its file from now on. */
  async handOver(tx: Tx, uploadId: string, fileId: string, start: number, last: Part): Promise<void> {
    await tx
      .update(resumableUploadParts)
      .set({ uploadId: null, fileId })
      .where(eq(resumableUploadParts.uploadId, uploadId));
    await tx.insert(resumableUploadParts).values({ ...last, fileId, start });
  },

  /** Forgets an unfinished upload. @returns what was forgotten, and the parts whose bytes go with it */
  async remove(
    tx: Tx,
    viewer: Viewer,
    uploadId: string,
  ): Promise<{ row: ResumableRow; parts: Part[] } | undefined> {
    const parts = await this.parts(tx, uploadId);
    const [row] = await tx
      .delete(resumableUploads)
      .where(and(eq(resumableUploads.id, uploadId), mine(viewer), unfinished))
      .returning(columns);
    return row ? { row, parts } : undefined;
  },
};

const standsAt = (viewer: Viewer, uploadId: string, start: number): SQL | undefined =>
  and(
    eq(resumableUploads.id, uploadId),
    eq(resumableUploads.received, start),
    mine(viewer),
    alive,
    unfinished,
  );
