import { afterEach, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { invite, newInvitee } from './support/invitee.ts';
import { addCase, addClinician, addPractice } from './support/people.ts';
import { answer } from './support/result.ts';

let api: TestApi;
afterEach(() => api.close());

/** Three people ask for a code, each for the first time, one after the other in the same browser. */
async function threePeopleAsk() {
  const doctor = await addClinician(api, await addPractice(api));
  const browser = api.browser('patient');
  const answers = [];
  for (let person = 0; person < 3; person += 1) {
    const { token } = await invite(api, doctor, await addCase(doctor), newInvitee());
    answer(await browser.startRegistration({ body: { token } }));
    answers.push(await browser.sendRegistrationCode({ body: { methodId: 'mobile-text' } }));
  }
  return answers.map((result) => (result.ok ? 'ok' : result.problem));
}

test('one network gets so many codes in an hour and no more', async () => {
  api = await startApi({ CODES_PER_NETWORK: '2' });
  expect(await threePeopleAsk()).toEqual([
    'ok',
    'ok',
    expect.objectContaining({ code: 'too-many-requests', retryAfterSeconds: 3600 }),
  ]);
});

test('far more codes than usual stop all sending', async () => {
  api = await startApi({ CODES_PER_HOUR: '2' });
  expect(await threePeopleAsk()).toEqual([
    'ok',
    'ok',
    expect.objectContaining({ code: 'unavailable', retryAfterSeconds: 600 }),
  ]);
});
