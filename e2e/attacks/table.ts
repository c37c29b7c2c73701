import type { Attack } from './attack.ts';

/** What is printed about one attack. */
export interface Row extends Pick<Attack, 'id' | 'title'> {
  readonly tries: number;
  readonly successes: number;
  /** `not run` proves nothing, and so counts as not held. */
  readonly verdict: 'held' | 'NOT HELD' | 'not run';
  readonly notes: readonly string[];
  readonly seconds: number;
}

/** Rows of a Markdown table in columns of one width. */
export function columns(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const number = new Intl.NumberFormat('en');

/** The table, and beneath it what is worth saying about single attacks. */
export function tableOf(rows: readonly Row[]): string {
  const table = columns(
    ['attack', 'what is tried', 'tries', 'successes', 'verdict', 'seconds'],
    rows.map(({ id, title, tries, successes, verdict, seconds }) => [
      id,
      title,
      number.format(tries),
      number.format(successes),
      verdict,
      seconds.toFixed(1),
    ]),
  );
  const notes = rows.flatMap(({ id, notes }) => notes.map((note) => `${id}: ${note}`));
  return notes.length === 0 ? table : `${table}\n\n${notes.join('\n')}`;
}

/** The last line. @param all how many attacks there are, run or not */
export const summaryOf = (rows: readonly Row[], all: number): string =>
  `${rows.filter(({ verdict }) => verdict === 'held').length} of ${all} held`;
