import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeFailure } from './describe-failure.ts';
import { KeyRefused } from './gateways/key-vault.ts';
import { createDataKey } from './vault/data-key.ts';

test('says what kind of failure and where, and no word of what was at hand', () => {
  const cause = Object.assign(new Error('Key (email)=(ana@example.com) already exists.'), {
    code: '23505',
    constraint: 'patients_email',
  });
  const error = new Error(
    'Failed query\nparams: I fell\n    at home (on the stairs), and my knee\n    at night hurts',
    {
      cause,
    },
  );
  const failure = describeFailure(error);
  expect(failure).toMatchObject({ code: '23505', constraint: 'patients_email' });
  expect(failure.at).toContain('describe-failure.unit.test');
  expect(JSON.stringify(failure)).not.toMatch(/ana@|fell|stairs|night/);
});

test('tells no places when it cannot tell them from the message', () => {
  const error = new Error('first');
  error.stack = 'Error: other\n    at home (on the stairs)';
  expect(describeFailure(error).at).toBe('');
});

test('knows what is thrown and is no error', () => {
  expect(describeFailure('the whole message of a patient')).toEqual({ name: 'string', at: '' });
});

test('tells the operator by ids what did not open, and nothing of what it said', () => {
  const key = createDataKey(randomBytes(32), 'a-talk');
  const sealed = key.sealText('messages.body', 'a-message', 'my knee hurts at night');
  sealed.writeUInt8(sealed.readUInt8(20) ^ 1, 20);
  let failure: unknown;
  try {
    key.openText('messages.body', 'a-message', sealed);
  } catch (error) {
    failure = describeFailure(error);
  }
  expect(failure).toMatchObject({
    name: 'SealBroken',
    sealed: 'A seal is broken: messages.body a-message of a-talk.',
  });
  expect(JSON.stringify(failure)).not.toMatch(/knee|night/);
  expect(describeFailure(new KeyRefused({ keyId: 'local-1', ownerId: 'a-talk' })).sealed).toBe(
    'The vault key local-1 does not open the data key of a-talk.',
  );
});
