import type { Ground } from './ground.ts';

/** The number of a fault in docs/faults.md. */
export type FaultId = `F${number}`;

export const faultIds: readonly FaultId[] = Array.from(
  { length: 35 },
  (_, index): FaultId => `F${index + 1}`,
);

/** What came of a fault: it is survived when something was looked at and all of it was as it must be. */
export interface Outcome {
  readonly checks: number;
  readonly failures: number;
  /** What was not as it must be, and figures worth reading. */
  readonly notes: readonly string[];
}

/**
 * One fault of the running product. It makes what it needs, so that it runs alone and in any order, and leaves what it
 * shares with others in order.
 */
export interface Fault {
  readonly id: FaultId;
  /** What breaks, in a few words. */
  readonly title: string;
  /** @throws NotArranged when the fault could not be made, which proves nothing; any other error: it was not survived */
  readonly run: (ground: Ground) => Promise<Outcome>;
}

/** The fault could not be made on this machine: a tool or a right is missing. */
export class NotArranged extends Error {
  override readonly name = 'NotArranged';
}

/** Makes sure that the fault really happened. @throws NotArranged: what did not happen proves nothing */
export function arranged(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new NotArranged(`Not arranged: ${what}`);
}

/** Counts what was looked at and remembers the first few things that were not as they must be. */
export class Findings {
  checks = 0;
  failures = 0;
  readonly #failures: string[] = [];
  readonly #figures: string[] = [];

  /** One more look. @param otherwise what was wrong, if it was */
  holds(isSo: boolean, otherwise: string): void {
    this.checks += 1;
    if (isSo) return;
    this.failures += 1;
    if (this.#failures.length < 5) this.#failures.push(`WRONG: ${otherwise}`);
  }

  /** A figure for the table. */
  note(figure: string): void {
    this.#figures.push(figure);
  }

  get outcome(): Outcome {
    return { checks: this.checks, failures: this.failures, notes: [...this.#failures, ...this.#figures] };
  }
}
