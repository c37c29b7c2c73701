import type { World } from './world.ts';

/** The number of an attack in docs/security/attacks.md. */
export type AttackId = `T${number}`;

export const attackIds: readonly AttackId[] = Array.from(
  { length: 54 },
  (_, index): AttackId => `T${index + 1}`,
);

/** What came of an attack: it is held when something was tried and nothing succeeded. */
export interface Outcome {
  readonly tries: number;
  readonly successes: number;
  /** Figures worth reading, and how the attack got through where it did. */
  readonly notes: readonly string[];
}

/**
 * One attack on the running product, over its public doors. It makes what it needs, so that it runs alone and in any
 * order.
 */
export interface Attack {
  readonly id: AttackId;
  /** What is tried, in a few words. */
  readonly title: string;
  /**
   * @throws Breach when one success ends the attack; any other error means that it could not be run, which proves nothing
   */
  readonly run: (world: World) => Promise<Outcome>;
}

/** The attack got through; the message says how. */
export class Breach extends Error {
  override readonly name = 'Breach';
}

/** Counts the tries of an attack and remembers how the first few succeeded. */
export class Tally {
  tries = 0;
  successes = 0;
  readonly #figures: string[] = [];
  readonly #breaches: string[] = [];

  /** One more try, or so many at once. @param otherwise how it succeeded, if it did */
  held(isHeld: boolean, otherwise: string, tries = 1): void {
    this.tries += tries;
    if (isHeld) return;
    this.successes += 1;
    if (this.#breaches.length < 5) this.#breaches.push(otherwise);
  }

  /** A figure for the table. */
  note(figure: string): void {
    this.#figures.push(figure);
  }

  get outcome(): Outcome {
    return {
      tries: this.tries,
      successes: this.successes,
      notes: [...this.#breaches, ...this.#figures],
    };
  }
}

/** Makes sure that an attack really attacks. @throws an Error: what was not arranged proves nothing */
export function arranged(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new Error(`Not arranged: ${what}`);
}
