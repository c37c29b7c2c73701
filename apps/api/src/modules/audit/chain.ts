import { createHash } from 'node:crypto';

/** A row of the audit as the chain covers it: every column, as text that no setting of a session changes. */
export interface ChainRow {
  readonly id: string;
  readonly tx: string;
  /** RFC 3339 with six decimals. */
  readonly at: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly action: string;
  readonly resourceType: string;
  readonly resourceId: string | null;
  readonly caseId: string | null;
  readonly talkId: string | null;
  readonly outcome: string;
  readonly ip: string | null;
  readonly requestId: string | null;
  readonly grantId: string | null;
}

/** One row's place in the chain: its id, and the hash over the link before and the row. */
export interface Link {
  readonly id: string;
  readonly hash: Buffer;
}

/** What the first link stands on. */
export const genesis = createHash('sha256').update('CaseTalk audit chain 1').digest();

const idLength = 16;
const hashLength = 32;
export const linkLength = idLength + hashLength;

/** One text for one row, and no other row with the same: JSON in a fixed order. */
const canonical = (row: ChainRow): string =>
  JSON.stringify([
    row.tx,
    row.id,
    row.at,
    row.actorKind,
    row.actorId,
    row.action,
    row.resourceType,
    row.resourceId,
    row.caseId,
    row.talkId,
    row.outcome,
    row.ip,
    row.requestId,
    row.grantId,
  ]);

/** The hash of a row that follows the one with `previous`. */
export const hashAfter = (previous: Buffer, row: ChainRow): Buffer =>
  createHash('sha256').update(previous).update(canonical(row)).digest();

/** Rows in their order, each tied to the one before. */
export function linksAfter(previous: Buffer, rows: readonly ChainRow[]): Link[] {
  let hash = previous;
  return rows.map((row) => {
    hash = hashAfter(hash, row);
    return { id: row.id, hash };
  });
}

export const bytesOfId = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

const idOfBytes = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

export const encodeLinks = (links: readonly Link[]): Buffer =>
  Buffer.concat(links.flatMap(({ id, hash }) => [bytesOfId(id), hash]));

/** @returns undefined for bytes that are no links */
export function decodeLinks(bytes: Buffer): Link[] | undefined {
  if (bytes.length === 0 || bytes.length % linkLength !== 0) return undefined;
  return Array.from({ length: bytes.length / linkLength }, (_, index) => {
    const start = index * linkLength;
    return {
      id: idOfBytes(bytes.subarray(start, start + idLength)),
      hash: bytes.subarray(start + idLength, start + linkLength),
    };
  });
}

/** The hash of the last link of a seal: the head of the chain up to there. */
export const headOf = (links: Buffer): Buffer => links.subarray(links.length - hashLength);
