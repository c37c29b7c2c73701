import type { Client } from '@casetalk/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { codeTo, invitationOf, invite, manyCodes, newInvitee } from './support/invitee.ts';
import { addCase, addClinician, addPractice, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';

let api: TestApi;
let doctor: Someone;

beforeAll(async () => {
  api = await startApi(manyCodes);
  doctor = await addClinician(api, await addPractice(api));
});
afterAll(() => api.close());

interface Opened {
  readonly browser: Client;
  readonly mobile: string;
  readonly landline: string;
  readonly invitationId: string;
  readonly email: string;
}

async function opened(): Promise<Opened> {
  const { email, mobile } = newInvitee();
  const landline = newInvitee().mobile;
  const caseId = await addCase(doctor);
  const { invitation, token } = await invite(api, doctor, caseId, { email, mobile, landline });
  const browser = api.browser('patient');
  answer(await browser.startRegistration({ body: { token } }));
  return { browser, mobile, landline, invitationId: invitation.id, email };
}

const send = (browser: Client, methodId = 'mobile-text') =>
  browser.sendRegistrationCode({ body: { methodId } });
const submit = (browser: Client, code: string) => browser.submitRegistrationCode({ body: { code } });
const problem = async (result: Promise<Awaited<ReturnType<typeof submit>>>) => {
  const { ok, ...rest } = await result;
  return ok ? undefined : (rest as { problem: unknown }).problem;
};
/** A code that is not the right one. */
const wrong = (code: string, by = 1): string => ((Number(code) + by) % 1_000_000).toString().padStart(6, '0');
/** The time that people have to wait, played by moving what was sent into the past. */
const letTimePass = (seconds: number) =>
  api.sql.query(
    `update verifications set last_sent_at = last_sent_at - make_interval(secs => $1),
       expires_at = expires_at - make_interval(secs => $1), created_at = created_at - make_interval(secs => $1)`,
    [seconds],
  );
const forgetSends = () => api.sql.query(`update code_sends set sent_at = sent_at - interval '2 days'`);

describe('sending a code', () => {
  test('again sends the same code, by another channel too, and the clock does not start again', async () => {
    const { browser, mobile } = await opened();
    const first = answer(await send(browser));
    const code = await codeTo(api, mobile);
    await letTimePass(31);
    const second = answer(await send(browser, 'mobile-call'));
    expect(second).toMatchObject({
      id: first.id,
      repeated: true,
      method: { id: 'mobile-call', channel: 'call' },
    });
    expect(Date.parse(second.expiresAt)).toBe(Date.parse(first.expiresAt) - 31_000);
    const call = await api.mailroom.nextCall({ to: mobile });
    expect(call.words).toContain(Array.from(code).join(' '));
    expect(answer(await submit(browser, code)).step).toBe('terms');
  });

  test('within the cool-down sends nothing and says when asking helps', async () => {
    const { browser, mobile } = await opened();
    const first = answer(await send(browser));
    await api.mailroom.nextText({ to: mobile });
    const second = answer(await send(browser));
    expect(second).toMatchObject({ id: first.id, repeated: false, resendAt: first.resendAt });
    const { rows } = await api.sql.query('select sends from verifications where id = $1', [first.id]);
    expect(rows[0].sends).toBe(1);
  });

  test('after its life makes a new one, and the old one no longer works', async () => {
    const { browser, mobile } = await opened();
    const first = answer(await send(browser));
    const old = await codeTo(api, mobile);
    await letTimePass(601);
    expect(await problem(submit(browser, old))).toMatchObject({ code: 'code-wrong', triesLeft: 5 });
    const seen = (await api.mailroom.texts({ to: mobile }))[0]?.id;
    const second = answer(await send(browser));
    expect(second.id).not.toBe(first.id);
    const code = await codeTo(api, mobile, seen);
    // One time in a million the new code is the old one.
    const late = old === code ? 'code-wrong' : outcome(await submit(browser, old));
    expect(late).toBe('code-wrong');
    expect(answer(await submit(browser, code)).step).toBe('terms');
  });

  test('stops at five for a number within ten minutes, whoever asks', async () => {
    const { browser, mobile } = await opened();
    for (let sends = 0; sends < 5; sends += 1) {
      answer(await send(browser));
      await letTimePass(31);
    }
    const refused = await send(browser);
    expect(refused.ok ? null : refused.problem).toMatchObject({
      code: 'too-many-requests',
      retryAfterSeconds: 600,
    });
    // The same number in somebody else's invitation.
    const caseId = await addCase(doctor);
    const other = await invite(api, doctor, caseId, { email: newInvitee().email, mobile });
    const second = api.browser('patient');
    answer(await second.startRegistration({ body: { token: other.token } }));
    expect(outcome(await send(second))).toBe('too-many-requests');
  });

  test('stops at ten for an invitation, however long one waits', async () => {
    const { browser } = await opened();
    for (let sends = 0; sends < 10; sends += 1) {
      answer(await send(browser));
      await letTimePass(31);
      await forgetSends();
    }
    const refused = await send(browser);
    expect(refused.ok ? null : refused.problem).toMatchObject({ code: 'too-many-requests' });
    expect(refused.ok ? null : refused.problem).not.toHaveProperty('retryAfterSeconds');
  });

  test('in parallel sends one', async () => {
    const { browser, mobile } = await opened();
    const results = await Promise.all(Array.from({ length: 8 }, () => send(browser)));
    expect(new Set(results.map((result) => answer(result).id)).size).toBe(1);
    await api.mailroom.nextText({ to: mobile });
    const { rows } = await api.sql.query('select sends from verifications where id = $1', [
      answer(await send(browser)).id,
    ]);
    expect(rows[0].sends).toBe(1);
  });

  test('shows why it did not arrive, to the invitee and to the clinician', async () => {
    const { browser, mobile, invitationId } = await opened();
    await api.mailroom.setSwitchesFor(mobile, { text: { landline: 'refuse' } });
    answer(await send(browser));
    const state = async () => answer(await browser.getRegistration()).verification?.state;
    await expect.poll(state).toBe('failed');
    expect(await invitationOf(doctor, invitationId)).toMatchObject({
      codeFailure: 'This number cannot receive text messages.',
      codeFailedAt: expect.any(String),
    });
    // The same way would fail again, and waits as ever; another way need not.
    expect(answer(await send(browser))).toMatchObject({ repeated: false, state: 'failed' });
    const called = answer(await send(browser, 'mobile-call'));
    expect(called).toMatchObject({ repeated: true, state: 'sending', triesLeft: 5 });
    await expect.poll(state).toBe('delivered');
    expect(await invitationOf(doctor, invitationId)).toMatchObject({ codeFailure: null, codeFailedAt: null });
  });

  test('is told of by the provider afterwards', async () => {
    const { browser, mobile, invitationId } = await opened();
    await api.mailroom.setSwitchesFor(mobile, { text: { outcome: 'undelivered' } });
    answer(await send(browser));
    await expect
      .poll(async () => (await invitationOf(doctor, invitationId)).codeFailure)
      .toBe('The phone was switched off or out of reach.');
  });

  test('answers at once while the provider is down, and the code leaves when it is back', async () => {
    const { browser, mobile } = await opened();
    await api.mailroom.setSwitchesFor(mobile, { text: { answer: 'down' } });
    expect(answer(await send(browser)).state).toBe('sending');
    await api.mailroom.setSwitchesFor(mobile, {});
    expect(answer(await submit(browser, await codeTo(api, mobile))).step).toBe('terms');
  });
});

describe('guessing a code', () => {
  test('is judged ten times at most, in parallel and across resends and channels', async () => {
    const { browser, mobile, invitationId } = await opened();
    answer(await send(browser));
    const code = await codeTo(api, mobile);
    const volley = async (from: number) => {
      const guesses = Array.from({ length: 15 }, (_, index) => submit(browser, wrong(code, from + index)));
      return (await Promise.all(guesses)).map((result) => (result.ok ? 'ok' : result.problem));
    };
    const first = await volley(1);
    expect(first).not.toContain('ok');
    const tries = async () =>
      (await api.sql.query('select code_tries_used as used from invitations where id = $1', [invitationId]))
        .rows[0].used as number;
    expect(await tries()).toBe(5);
    expect(outcome(await submit(browser, code))).toBe('too-many-tries');
    const locked = await send(browser);
    expect(locked.ok ? null : locked.problem).toMatchObject({
      code: 'too-many-tries',
      retryAfterSeconds: expect.any(Number),
    });

    await api.sql.query(`update invitations set code_locked_until = now() where id = $1`, [invitationId]);
    const seen = (await api.mailroom.texts({ to: mobile }))[0]?.id;
    answer(await send(browser));
    const next = await codeTo(api, mobile, seen);
    const again = await Promise.all(
      Array.from({ length: 15 }, (_, index) => submit(browser, wrong(next, 1 + index))),
    );
    expect(again.filter(({ ok }) => ok)).toEqual([]);
    expect(await tries()).toBe(10);
    const over = await submit(browser, next);
    expect(over.ok ? null : over.problem).toMatchObject({ code: 'too-many-tries' });
    expect(over.ok ? null : over.problem).not.toHaveProperty('retryAfterSeconds');
    expect((await invitationOf(doctor, invitationId)).codeTriesUsedUp).toBe(true);
    await api.sql.query(`update invitations set code_locked_until = null where id = $1`, [invitationId]);
    expect(outcome(await send(browser))).toBe('too-many-tries');
    const notices = async () =>
      (await api.mailroom.emails({ to: doctor.email })).map(({ subject }) => subject);
    await expect.poll(notices).toContain('Someone you invited cannot go on');

    // The clinician sends it again on purpose: new link, new tries.
    const reissued = answer(await doctor.client.resendInvitation({ params: { invitationId } }));
    expect(reissued.codeTriesUsedUp).toBe(false);
    expect(outcome(await browser.getRegistration())).toBe('unauthenticated');
  });

  test('counts down the tries, and the right code gives its own back', async () => {
    const { browser, mobile, invitationId } = await opened();
    answer(await send(browser));
    const code = await codeTo(api, mobile);
    expect(await problem(submit(browser, wrong(code)))).toMatchObject({ code: 'code-wrong', triesLeft: 4 });
    expect(await problem(submit(browser, wrong(code)))).toMatchObject({ code: 'code-wrong', triesLeft: 3 });
    expect(answer(await submit(browser, ` ${code.slice(0, 3)}-${code.slice(3)} `)).step).toBe('terms');
    const { rows } = await api.sql.query('select code_tries_used from invitations where id = $1', [
      invitationId,
    ]);
    expect(rows[0].code_tries_used).toBe(2);
  });

  test('with the right code works once, however many send it at once', async () => {
    const { browser, mobile } = await opened();
    answer(await send(browser));
    const code = await codeTo(api, mobile);
    const results = await Promise.all(Array.from({ length: 5 }, () => submit(browser, code)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('of another invitation does not work here', async () => {
    const mine = await opened();
    const theirs = await opened();
    answer(await send(mine.browser));
    answer(await send(theirs.browser));
    const [own, foreign] = [await codeTo(api, mine.mobile), await codeTo(api, theirs.mobile)];
    const crossed = own === foreign ? 'code-wrong' : outcome(await submit(mine.browser, foreign));
    expect(crossed).toBe('code-wrong');
    expect(answer(await submit(mine.browser, own)).step).toBe('terms');
  });

  test('finds no code in the database', async () => {
    const { browser, mobile } = await opened();
    answer(await send(browser));
    const code = await codeTo(api, mobile);
    const { rows } = await api.sql.query(
      `select string_agg(t::text, ' ') as everything from (
         select v::text as t from verifications v union all select j::text from pgboss.job j
         union all select d::text from deliveries d union all select a::text from audit_events a) all_of_it`,
    );
    const standsAlone = new RegExp(`(?<![0-9a-f.:-])${code}(?![0-9a-f.:-])`);
    expect(rows[0].everything).not.toMatch(standsAlone);
  });
});
