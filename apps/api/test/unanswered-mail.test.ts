import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { linkStatus, newInvitee, tokenIn } from './support/invitee.ts';
import { addCase, addClinician, addPatient, addPractice, type Someone } from './support/people.ts';
import { answer } from './support/result.ts';

let api: TestApi;
let doctor: Someone;

beforeAll(async () => {
  api = await startApi();
  doctor = await addClinician(api, await addPractice(api));
});
afterAll(() => api.close());

/** The provider takes the first mail and never says so; the second one it answers. @returns both mails' secrets */
async function tokensOfTwoMails(to: string, ask: () => Promise<unknown>): Promise<string[]> {
  await api.mailroom.setSwitchesFor(to, { email: { answer: 'hang' } });
  await ask();
  await expect.poll(async () => (await api.mailroom.emails({ to })).length, { timeout: 10_000 }).toBe(1);
  await api.mailroom.setSwitchesFor(to, {});
  await expect.poll(async () => (await api.mailroom.emails({ to })).length, { timeout: 20_000 }).toBe(2);
  return (await api.mailroom.emails({ to })).map(tokenIn);
}

test('an invitation that was mailed twice for want of an answer has one link, and the first mail’s works', async () => {
  const { email } = newInvitee();
  const caseId = await addCase(doctor);
  const [last, first] = await tokensOfTwoMails(email, async () =>
    answer(await doctor.client.createInvitation({ params: { caseId }, body: { email } })),
  );
  expect(first).toBe(last);
  expect(await linkStatus(api, first ?? '')).toBe('usable');
}, 60_000);

test('a link that is sent again on purpose has a secret of its own, and so has a corrected address', async () => {
  const { email } = newInvitee();
  const { email: corrected } = newInvitee();
  const caseId = await addCase(doctor);
  const { id: invitationId } = answer(
    await doctor.client.createInvitation({ params: { caseId }, body: { email } }),
  );
  const first = await api.mailroom.nextEmail({ to: email });
  const params = { invitationId };
  answer(await doctor.client.resendInvitation({ params }));
  const second = await api.mailroom.nextEmail({ to: email, after: first.id });
  answer(await doctor.client.correctInvitation({ params, body: { email: corrected } }));
  const third = await api.mailroom.nextEmail({ to: corrected });
  const tokens = [first, second, third].map(tokenIn);
  expect(new Set(tokens).size).toBe(3);
  expect(await Promise.all(tokens.map((token) => linkStatus(api, token)))).toEqual([
    'unknown',
    'unknown',
    'usable',
  ]);
});

test('a forgotten password’s mail that left twice has one link', async () => {
  const { email } = await addPatient(api);
  const [last, first] = await tokensOfTwoMails(email, async () =>
    answer(await api.browser('patient').requestPasswordReset({ body: { email } })),
  );
  expect(first).toBe(last);
  answer(await api.browser('patient').startPasswordReset({ body: { token: first ?? '' } }));
}, 60_000);
