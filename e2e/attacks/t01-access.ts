import { type Attack, Tally } from './attack.ts';
import { probeAll } from './means/probes.ts';
import { changedBetween, fingerprints, settledFingerprints } from './means/tables.ts';
import type { ActorName } from './means/fixtures.ts';
import type { World } from './world.ts';

/** Every door with every id, and nothing of what is behind them may change meanwhile. */
async function knockAs(world: World, actors: readonly ActorName[]): Promise<Tally> {
  const tally = new Tally();
  await world.clinic();
  const before = await settledFingerprints(world.ownerUrl);
  await probeAll(world, tally, actors);
  const changed = changedBetween(before, await fingerprints(world.ownerUrl));
  tally.held(changed.length === 0, `Rows were written in ${changed.join(', ')}`);
  return tally;
}

export const t1: Attack = {
  id: 'T1',
  title: 'Colleagues, other doctors and strangers read or write a talk by id',
  run: async (world) => {
    const actors = world.fast
      ? (['nobody', 'B', 'X'] as const)
      : (['nobody', 'disabled', 'A', 'B', 'S', 'M', 'X'] as const);
    return (await knockAs(world, actors)).outcome;
  },
};
