import { expect, test } from 'vitest';
import { describeFailure } from './describe-failure.ts';

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
