import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { invitationOf, invite, newInvitee } from './support/invitee.ts';
import { addCase, addClinician, addPractice, type Someone } from './support/people.ts';
import { answer } from './support/result.ts';

let api: TestApi;
let doctor: Someone;

beforeAll(async () => {
  api = await startApi();
  doctor = await addClinician(api, await addPractice(api));
});
afterAll(() => api.close());

/** An invitation whose mail has arrived, and the delivery behind it. */
async function delivered() {
  const { invitation } = await invite(api, doctor, await addCase(doctor), newInvitee());
  const get = () => invitationOf(doctor, invitation.id);
  await expect.poll(async () => (await get()).delivery).toBe('delivered');
  const { rows } = await api.sql.query('select id from deliveries where invitation_id = $1', [invitation.id]);
  return { get, deliveryId: rows[0].id as string };
}

const nothingHere = async () => {
  const response = await fetch(`${api.url}/v1/nothing`, { method: 'POST' });
  return { status: response.status, code: ((await response.json()) as { code: string }).code };
};

describe('SendGrid’s events', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${api.url}/v1/webhooks/sendgrid`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });

  test.each([
    ['without a signature', {}],
    [
      'with a made-up one',
      {
        'x-twilio-email-event-webhook-signature': 'MEUCIQDmadeup',
        'x-twilio-email-event-webhook-timestamp': '1',
      },
    ],
  ])('%s change nothing, and the door is not there', async (_, headers) => {
    const { get, deliveryId } = await delivered();
    const response = await post(JSON.stringify([{ event: 'bounce', deliveryId }]), headers);
    const { code } = (await response.json()) as { code: string };
    expect({ status: response.status, code }).toEqual(await nothingHere());
    expect((await get()).delivery).toBe('delivered');
  });

  test('that are no JSON tell no more', async () => {
    const response = await post('{"event":');
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
  });
});

describe('Twilio’s callbacks', () => {
  const post = (deliveryId: string, form: Record<string, string>, sign: boolean, host?: string) => {
    const url = `${host ?? api.url}/v1/webhooks/twilio/${deliveryId}`;
    const text = Object.entries(form)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .reduce((all, [name, value]) => all + name + value, url);
    const signature = createHmac('sha1', 'token').update(text).digest('base64');
    return fetch(`${api.url}/v1/webhooks/twilio/${deliveryId}`, {
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(sign ? { 'x-twilio-signature': signature } : {}),
      },
    });
  };

  test('without a signature, or signed for another address, find nothing', async () => {
    const form = { MessageStatus: 'failed', ErrorCode: '30003' };
    const missing = await nothingHere();
    for (const response of [
      await post(randomUUID(), form, false),
      await post(randomUUID(), form, true, 'http://elsewhere.example.com'),
    ]) {
      const { code } = (await response.json()) as { code: string };
      expect({ status: response.status, code }).toEqual(missing);
    }
  });

  test('that are signed are taken, for deliveries that are long gone too', async () => {
    expect((await post(randomUUID(), { MessageStatus: 'delivered' }, true)).status).toBe(204);
  });

  test('that tell of an answering machine end the call before the code is read', async () => {
    const { mobile, email } = newInvitee();
    const { token, invitation } = await invite(api, doctor, await addCase(doctor), { email, mobile });
    await api.mailroom.setSwitchesFor(mobile, { call: { outcome: 'machine' } });
    const browser = api.browser('patient');
    answer(await browser.startRegistration({ body: { token } }));
    answer(await browser.sendRegistrationCode({ body: { methodId: 'mobile-call' } }));
    const { words, status } = await api.mailroom.nextCall({ to: mobile });
    expect(status).toBe('completed');
    expect(words).toContain('This is CaseTalk');
    expect(words).not.toMatch(/\d/);
    await expect.poll(async () => answer(await browser.getRegistration()).verification?.state).toBe('failed');
    expect((await invitationOf(doctor, invitation.id)).codeFailure).toMatch(/answering machine/);
  });

  test('that come late move nothing back', async () => {
    const { mobile, email } = newInvitee();
    const { token, invitation } = await invite(api, doctor, await addCase(doctor), { email, mobile });
    const browser = api.browser('patient');
    answer(await browser.startRegistration({ body: { token } }));
    answer(await browser.sendRegistrationCode({ body: { methodId: 'mobile-text' } }));
    const state = async () => answer(await browser.getRegistration()).verification?.state;
    await expect.poll(state).toBe('delivered');
    const { rows } = await api.sql.query(
      `select d.id from deliveries d join verifications v on v.id = d.verification_id
       join registrations r on r.id = v.registration_id where r.invitation_id = $1`,
      [invitation.id],
    );
    expect((await post(rows[0].id, { MessageStatus: 'sent' }, true)).status).toBe(204);
    expect(await state()).toBe('delivered');
  });
});
