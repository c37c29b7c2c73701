import { expect, test } from 'vitest';
import { countResults, type Report, verdictOf } from './results.ts';

const green: Report = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: [1, 2, 3] }],
};

test.each<[string, Report | undefined, number, number, number]>([
  ['all green', green, 0, 3, 0],
  ['one failed', { ...green, numPassedTests: 2, numFailedTests: 1 }, 1, 2, 1],
  ['one skipped and one planned', { ...green, numPendingTests: 1, numTodoTests: 1 }, 0, 3, 2],
  [
    'a file that does not load',
    { ...green, testResults: [{ name: 'b.test.ts', status: 'failed', assertionResults: [] }] },
    1,
    3,
    1,
  ],
  ['an error outside the tests', green, 1, 3, 1],
  ['no report', undefined, 1, 0, 1],
  ['nothing matched', { ...green, numPassedTests: 0, testResults: [] }, 0, 0, 1],
])('%s', (_name, report, exitCode, passed, failed) => {
  expect(verdictOf(countResults(report), exitCode)).toMatchObject({ passed, failed });
});
