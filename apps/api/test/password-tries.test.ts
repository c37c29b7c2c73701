import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApi, startApi } from './support/api.ts';
import { addClinician, addPractice, goodPassword } from './support/people.ts';
import { outcome } from './support/result.ts';

let api: TestApi;
let practice: string;

beforeAll(async () => {
  api = await startApi();
  practice = await addPractice(api);
});
afterAll(() => api.close());

test('a new password that is refused costs no try, a wrong present one does', async () => {
  const { client } = await addClinician(api, practice);
  const change = async (currentPassword: string, newPassword: string) =>
    outcome(await client.changePassword({ body: { currentPassword, newPassword } }));
  for (let round = 0; round < 7; round += 1)
    expect(await change(goodPassword, 'too short')).toBe('password-refused');
  for (let round = 0; round < 2; round += 1)
    expect(await change('not the password', 'nine silver herons')).toBe('wrong-credentials');
  const { rows } = await api.sql.query('select failures from sign_in_failures');
  expect(rows).toEqual([{ failures: 2 }]);
  expect(await change(goodPassword, 'nine silver herons')).toBe('ok');
  expect((await api.sql.query('select failures from sign_in_failures')).rows).toEqual([]);
});

test('after the hard stop says how long waiting takes, not that a second is enough', async () => {
  const { email } = await addClinician(api, practice);
  await api.sql.query('delete from sign_in_failures');
  const signIn = () => api.browser('clinician').signIn({ body: { email, password: 'not the password' } });
  await signIn();
  await api.sql.query(
    `update sign_in_failures set failures = 100, blocked_until = now() - interval '1 hour',
       updated_at = now() - interval '2 hours'`,
  );
  const refused = await signIn();
  expect(outcome(refused)).toBe('too-many-tries');
  const wait =
    refused.ok || !('retryAfterSeconds' in refused.problem) ? 0 : refused.problem.retryAfterSeconds;
  expect(wait).toBeGreaterThan(21 * 3600);
  expect(wait).toBeLessThanOrEqual(22 * 3600);
});
