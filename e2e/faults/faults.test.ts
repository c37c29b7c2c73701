import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPair, say } from '../attacks/means/cast.ts';
import { faults } from './all.ts';
import { arranged, type Fault, faultIds, Findings } from './fault.ts';
import { type Ground, openGround } from './ground.ts';
import { readOptions } from './options.ts';
import { runFault } from './run.ts';
import { summaryOf } from './table.ts';

describe('the list of faults', () => {
  test('holds each fault once, in order', () => {
    expect(faults.map(({ id }) => id)).toEqual(faultIds);
  });

  test('is chosen from by name', () => {
    expect(readOptions(['--fast', 'f7', 'F12'])).toEqual({ only: ['F7', 'F12'], fast: true, help: false });
    expect(() => readOptions(['F36'])).toThrow('There is no fault F36.');
    expect(() => readOptions(['--quick'])).toThrow(TypeError);
  });
});

describe('a fault', () => {
  let ground: Ground;
  beforeAll(() => {
    ground = openGround({ fast: true, say: () => undefined });
  });
  afterAll(() => ground.close());

  const faultOf = (run: Fault['run']): Fault => ({ id: 'F1', title: 'made for this test', run });

  test('that loses what was acknowledged is not survived', async () => {
    const row = await runFault(
      faultOf(async ({ product, ledgerOf }) => {
        const world = await product();
        const pair = await newPair(world);
        const text = `It hurts, ${randomUUID()}.`;
        ledgerOf(world).message(pair, 'patient', await say(pair.patient, pair.talkId, text), text);
        ledgerOf(world).message(pair, 'patient', randomUUID(), 'What nobody has written.');
        const findings = new Findings();
        findings.holds(true, 'never');
        return findings.outcome;
      }),
      ground,
    );
    expect(row).toMatchObject({ lost: 1, verdict: 'NOT SURVIVED' });
    expect(summaryOf([row], 1, ground.lost.size)).toBe('0 of 1 survived, 1 acknowledged messages lost');
  });

  test('that could not be made was not run', async () => {
    const row = await runFault(
      faultOf(async () => {
        arranged(false, 'a tool');
        return new Findings().outcome;
      }),
      ground,
    );
    expect(row).toMatchObject({ verdict: 'not run', notes: ['Not arranged: a tool'] });
  });

  test('that looks at nothing is not survived', async () => {
    const row = await runFault(
      faultOf(async () => new Findings().outcome),
      ground,
    );
    expect(row.verdict).toBe('NOT SURVIVED');
  });

  test.each(
    faults.filter(({ id }) => id === 'F7' || id === 'F11').map((fault) => [fault.id, fault] as const),
  )('%s is survived', async (_id, fault) => {
    const { verdict, notes } = await runFault(fault, ground);
    expect({ verdict, notes: verdict === 'survived' ? [] : notes }).toEqual({
      verdict: 'survived',
      notes: [],
    });
  });
});
