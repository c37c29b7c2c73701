import { columns } from '../attacks/table.ts';
import type { Fault } from './fault.ts';

/** What is printed about one fault. */
export interface Row extends Pick<Fault, 'id' | 'title'> {
  readonly checks: number;
  readonly failures: number;
  /** What the product had acknowledged during the fault and could not be read back. */
  readonly lost: number;
  /** `not run` proves nothing, and so counts as not survived. */
  readonly verdict: 'survived' | 'NOT SURVIVED' | 'not run';
  readonly notes: readonly string[];
  readonly seconds: number;
}

const number = new Intl.NumberFormat('en');

/** The table, and beneath it what is worth saying about single faults. */
export function tableOf(rows: readonly Row[]): string {
  const table = columns(
    ['fault', 'what breaks', 'checks', 'wrong', 'lost', 'verdict', 'seconds'],
    rows.map(({ id, title, checks, failures, lost, verdict, seconds }) => [
      id,
      title,
      number.format(checks),
      number.format(failures),
      number.format(lost),
      verdict,
      seconds.toFixed(1),
    ]),
  );
  const notes = rows.flatMap(({ id, notes }) => notes.map((note) => `${id}: ${note}`));
  return notes.length === 0 ? table : `${table}\n\n${notes.join('\n')}`;
}

/**
 * The last line.
 * @param all how many faults were asked for, run or not
 * @param lost messages, files and invitations that had been acknowledged and were not there at the end
 */
export const summaryOf = (rows: readonly Row[], all: number, lost: number): string =>
  `${rows.filter(({ verdict }) => verdict === 'survived').length} of ${all} survived, ${lost} acknowledged messages lost`;
