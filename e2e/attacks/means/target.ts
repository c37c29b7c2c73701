import { Breach, type Outcome } from '../attack.ts';

/** What an attack needs to know of the running product. */
export interface Target {
  readonly apiUrl: string;
  readonly clinicianUrl: string;
  readonly patientUrl: string;
  readonly mailroomUrl: string;
  /** The tables' owner, past row-level security: to arrange, to move time, and to look behind the API. */
  readonly ownerUrl: string;
  /** Everything that the product's processes wrote. */
  readonly logFile: string;
  /** The folder that keeps the files. */
  readonly filesDir: string;
}

/** @throws a Breach that says how the attack got through */
export function hold(isHeld: boolean, otherwise: string): asserts isHeld {
  if (!isHeld) throw new Breach(otherwise);
}

/** @throws a Breach that names the first few of what should not be there */
export function holdNone(found: readonly string[], what: string): void {
  if (found.length === 0) return;
  throw new Breach(`${found.length} × ${what}: ${found.slice(0, 5).join(' | ')}`);
}

/** Waits for what the product reaches by itself. @returns false when it has not after so many milliseconds */
export async function comesTrue(
  reached: () => boolean | Promise<boolean>,
  milliseconds: number,
  every = 50,
): Promise<boolean> {
  const giveUpAt = Date.now() + milliseconds;
  while (!(await reached())) {
    if (Date.now() > giveUpAt) return false;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  return true;
}

/** An attack that did not get through. @param tries how often it was tried */
export const held = (tries: number, ...notes: string[]): Outcome => ({ tries, successes: 0, notes });
