import type { AccessAct, Portal } from '@casetalk/contract';
import type { Place } from '../../db/cursor.ts';

/** One recorded act, as the audit has it. */
export interface AccessRow {
  readonly id: string;
  /** RFC 3339 with six decimals. */
  readonly at: string;
  readonly action: string;
  readonly actorKind: Portal;
  readonly actorId: string;
  readonly talkId: string;
  readonly attachmentId: string | null;
  readonly grantId: string | null;
}

/** What somebody did, once or several times within one hour of the clock. */
export interface AccessEntry {
  readonly act: AccessAct;
  readonly via: 'talk' | 'case' | 'breakGlass';
  readonly first: AccessRow;
  readonly last: AccessRow;
  readonly times: number;
}

const acts: Readonly<Record<string, AccessAct>> = {
  'talk.viewed': 'opened',
  'talk.read': 'opened',
  'attachment.downloaded': 'downloaded',
  'caseAttachment.downloaded': 'downloaded',
  'attachment.shared': 'shared',
  'attachment.unshared': 'sharingStopped',
  'breakGlass.started': 'breakGlassStarted',
  'breakGlass.ended': 'breakGlassEnded',
};

/** What is done again and again while somebody reads; of everything else each time counts. */
const repeated: ReadonlySet<AccessAct> = new Set(['opened', 'downloaded']);

const actOf = (row: AccessRow): AccessAct => acts[row.action] ?? 'opened';

const viaOf = (row: AccessRow): AccessEntry['via'] => {
  if (row.grantId !== null) return 'breakGlass';
  return row.action === 'caseAttachment.downloaded' ? 'case' : 'talk';
};

/** The hour of the clock that an instant lies in: all of it before the minutes. */
const hourOf = (at: string): string => at.slice(0, 13);

/** Before which instant a whole hour of the clock lies. */
export function endOfHour(at: string): string {
  const end = new Date(`${hourOf(at)}:00:00.000Z`);
  end.setUTCHours(end.getUTCHours() + 1);
  return end.toISOString().replace('Z', '000Z');
}

/** Rows of one key are one entry. */
function keyOf(row: AccessRow): string {
  const act = actOf(row);
  if (!repeated.has(act)) return row.id;
  return [hourOf(row.at), act, viaOf(row), row.actorId, row.talkId, row.attachmentId, row.grantId].join(' ');
}

const isBefore = (row: AccessRow, place: Place): boolean =>
  row.at < place.at || (row.at === place.at && row.id < place.id);

/** Entries by what makes them one; the latest first. */
export type AccessEntries = Map<string, AccessEntry>;

/**
 * Folds rows into entries: whoever leaves a talk open reads it again with each message, and that is one thing to tell.
 * @param rows the latest first, following on those that were folded before
 */
export function fold(entries: AccessEntries, rows: readonly AccessRow[]): void {
  for (const row of rows) {
    const key = keyOf(row);
    const entry = entries.get(key);
    entries.set(key, {
      act: actOf(row),
      via: viaOf(row),
      last: entry?.last ?? row,
      first: row,
      times: (entry?.times ?? 0) + 1,
    });
  }
}

/**
 * The entries that no further row belongs to.
 * @param end the last row that was folded; undefined when there is none beyond
 * @param after the place of the last entry that was told before
 */
export function settledEntries(
  entries: AccessEntries,
  end: AccessRow | undefined,
  after: Place | undefined,
): AccessEntry[] {
  const openHour = end && hourOf(end.at);
  return [...entries.values()].filter(
    ({ last }) => hourOf(last.at) !== openHour && (!after || isBefore(last, after)),
  );
}
