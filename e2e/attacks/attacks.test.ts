import { testServer } from '@casetalk/local-stack';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attacks } from './all.ts';
import { type AttackId, attackIds } from './attack.ts';
import { mutants } from './mutants/all.ts';
import { patched } from './mutants/checkout.ts';
import { runAttack } from './run.ts';
import { openWorld, type World } from './world.ts';

/** Those that take a moment in a small size: `pnpm attacks` runs all of them in full. */
const quick = new Set<AttackId>([
  'T2',
  'T4',
  'T5',
  'T7',
  'T10',
  'T13',
  'T14',
  'T15',
  'T16',
  'T17',
  'T19',
  'T20',
  'T21',
  'T22',
  'T23',
  'T26',
  'T29',
  'T31',
  'T32',
  'T34',
  'T36',
  'T45',
  'T48',
]);

describe('the list of attacks', () => {
  test('holds each of T1 to T54 once', () => {
    expect(attacks.map(({ id }) => id)).toEqual(attackIds);
  });

  test('has at least one planted hole for each', () => {
    const planted = new Set(mutants.map(({ attack }) => attack));
    expect(attackIds.filter((id) => !planted.has(id))).toEqual([]);
  });

  test.each(mutants.map((mutant) => [`${mutant.attack}: ${mutant.title}`, mutant] as const))(
    '%s: the defence stands where it is taken out',
    async (_name, mutant) => {
      expect((await patched(mutant)).size).toBeGreaterThan(0);
    },
  );
});

describe('the product under attack', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ fast: true, database: testServer() });
  });
  afterAll(() => world.close());

  test.each(attacks.filter(({ id }) => quick.has(id)).map((attack) => [attack.id, attack] as const))(
    '%s is held',
    async (_id, attack) => {
      const { verdict, tries, notes } = await runAttack(attack, world);
      expect({ verdict, notes: verdict === 'held' ? [] : notes }).toEqual({ verdict: 'held', notes: [] });
      expect(tries).toBeGreaterThan(0);
    },
  );
});
