import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** A process of its own that fails as the database layer does: with what a patient wrote in the message. */
const failing = (last: string): string => `
  import { pino } from 'pino';
  import { sayLastWords } from './last-words.ts';
  sayLastWords(pino());
  const error = Object.assign(new Error('Failed query: params: My knee hurts'), {
    query: 'insert', params: ['My knee hurts'], code: '23505', constraint: 'messages_send_key',
  });
  ${last}
  setInterval(() => undefined, 1000);`;

test.each([
  ['a rejection that nobody awaits', 'void Promise.reject(error);'],
  ['an exception in a callback', 'setTimeout(() => { throw error; });'],
  [
    'an event that nobody listens to',
    "new (await import('node:events')).EventEmitter().emit('error', error);",
  ],
])('%s ends the process, and tells nothing of what was written', (_, last) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', failing(last)],
    { cwd: import.meta.dirname, encoding: 'utf8', timeout: 15_000 },
  );
  expect(status).toBe(1);
  expect(`${stdout}${stderr}`).not.toContain('knee');
  expect(JSON.parse(stdout)).toMatchObject({
    level: 60,
    failure: { name: 'Error', code: '23505', constraint: 'messages_send_key' },
  });
});
