import { expect, test } from 'vitest';
import { readOptions } from './options.ts';
import { chooseFigures, runBench } from './run.ts';
import { tableOf } from './table.ts';

test('a quick run measures the product beside the bare server and leaves a table', async () => {
  const rows = await runBench(
    readOptions(['--quick', 'send']),
    () => undefined,
    new AbortController().signal,
  );
  expect(rows.map(({ figure, failed }) => ({ figure, failed }))).toEqual([
    { figure: 'send, everything on / bare', failed: undefined },
    { figure: '  bare', failed: undefined },
    { figure: '  product', failed: undefined },
  ]);
  expect(tableOf(rows)).toContain('≥ 0.33');
});

test('a figure that there is not is answered with those that there are', () => {
  expect(() => chooseFigures(readOptions(['speed']))).toThrow(/no figure named speed.*send, list, inbox/);
});

test('what is heavy is left out unless asked for', () => {
  const names = (...args: string[]): string[] => chooseFigures(readOptions(args)).map(({ name }) => name);
  expect(names()).not.toContain('uploads');
  expect(names('--full')).toContain('uploads');
  expect(names('start')).toEqual(['start']);
});
