import type { StackOptions } from '@casetalk/local-stack';
import type { Attack } from '../attack.ts';
import { runAttack } from '../run.ts';
import { columns } from '../table.ts';
import { openWorld } from '../world.ts';
import { makeCheckout } from './checkout.ts';
import type { Mutant } from './mutant.ts';

/** What became of one hole. */
export interface Fate extends Pick<Mutant, 'attack' | 'title'> {
  /** `caught`: the attack got through, or the product refused to start; `not run` proves nothing. */
  readonly verdict: 'caught' | 'NOT CAUGHT' | 'not run';
  readonly how: string;
  readonly seconds: number;
}

type Source = NonNullable<StackOptions['database']>;

const firstLine = (error: unknown): string =>
  (String(error instanceof Error ? error.message : error).split('\n')[0] ?? '').slice(0, 160);

/** Starts the product from a copy with the hole and runs the one attack that has to notice. */
async function tryMutant(
  mutant: Mutant,
  attacks: readonly Attack[],
  database: Source,
): Promise<Pick<Fate, 'verdict' | 'how'>> {
  const attack = attacks.find(({ id }) => id === mutant.attack);
  if (attack === undefined) return { verdict: 'not run', how: `there is no attack ${mutant.attack}` };
  const checkout = await makeCheckout(mutant);
  try {
    const { template: _migrated, ...empty } = database;
    const started = await openWorld({
      fast: true,
      database: checkout.changesTables ? empty : database,
      sources: checkout.folder,
      ...(checkout.changesPortals ? { portalSources: checkout.folder } : {}),
    }).catch((error: unknown) => firstLine(error));
    if (typeof started === 'string') return { verdict: 'caught', how: `it does not start: ${started}` };
    try {
      const { verdict, notes } = await runAttack(attack, started);
      const how = (notes[0] ?? '').slice(0, 160);
      if (verdict === 'NOT HELD') return { verdict: 'caught', how };
      return { verdict: verdict === 'held' ? 'NOT CAUGHT' : 'not run', how };
    } finally {
      await started.close();
    }
  } finally {
    await checkout.remove();
  }
}

/**
 * Plants one hole after the other.
 * @param told hears of each as soon as it is decided
 */
export async function runMutants(
  mutants: readonly Mutant[],
  attacks: readonly Attack[],
  database: Source,
  told: (fate: Fate) => void,
  stop: AbortSignal,
): Promise<Fate[]> {
  const fates: Fate[] = [];
  for (const mutant of mutants) {
    if (stop.aborted) break;
    const begun = performance.now();
    const found = await tryMutant(mutant, attacks, database).catch((error: unknown) => ({
      verdict: 'not run' as const,
      how: firstLine(error),
    }));
    const { attack, title } = mutant;
    const fate = { attack, title, ...found, seconds: (performance.now() - begun) / 1000 };
    fates.push(fate);
    told(fate);
  }
  return fates;
}

export const tableOfFates = (fates: readonly Fate[]): string =>
  columns(
    ['attack', 'what was taken out', 'verdict', 'seconds', 'how it shows'],
    fates.map(({ attack, title, verdict, seconds, how }) => [
      attack,
      title,
      verdict,
      seconds.toFixed(1),
      how.replaceAll('|', '/'),
    ]),
  );

/** The last line. @param all how many holes there are, tried or not */
export const summaryOfFates = (fates: readonly Fate[], all: number): string =>
  `${fates.filter(({ verdict }) => verdict === 'caught').length} of ${all} caught`;
