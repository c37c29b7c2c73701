import twilio from 'twilio';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { MailroomClient, MailroomError } from './client.ts';
import { startMailroom } from './index.ts';
import type { Mailroom } from './index.ts';
import { startReceiver } from './receiver.fixture.ts';
import type { Receiver } from './receiver.fixture.ts';
import { ACCOUNT_SID, AUTH_TOKEN, CLINIC, failure, twilioAt } from './sdks.fixture.ts';

let receiver: Receiver;
let mailroom: Mailroom;
let client: MailroomClient;

beforeAll(async () => {
  receiver = await startReceiver();
  mailroom = await startMailroom({ twilioAccountSid: ACCOUNT_SID, twilioAuthToken: AUTH_TOKEN });
  client = new MailroomClient(mailroom.url);
});

afterEach(() => client.setSwitches({}));

afterAll(async () => {
  await mailroom.close();
  await receiver.close();
});

function sendText(to: string, rest: { statusCallback?: string } = {}) {
  return twilioAt(mailroom.url).messages.create({ to, from: CLINIC, body: 'Your code is 123456', ...rest });
}

function placeCall(to: string, twiml: string, statusCallbackEvent: string[] = []) {
  const statusCallback = `${receiver.url}/calls?id=7&kind=code`;
  return twilioAt(mailroom.url).calls.create({
    to,
    from: CLINIC,
    twiml,
    statusCallback,
    statusCallbackEvent,
  });
}

/** The next callback's fields, after its signature was found right. */
async function nextCallback(): Promise<Record<string, string>> {
  const { path, headers, body } = await receiver.next();
  const fields = Object.fromEntries(new URLSearchParams(body));
  const signature = String(headers['x-twilio-signature']);
  expect(twilio.validateRequest(AUTH_TOKEN, signature, receiver.url + path, fields)).toBe(true);
  expect(twilio.validateRequest('another-token', signature, receiver.url + path, fields)).toBe(false);
  return fields;
}

describe('Twilio stand-in: texts', () => {
  test('keeps a text and reports each status, signed', async () => {
    const to = '+14155550101';
    const sent = await sendText(to, { statusCallback: `${receiver.url}/texts?id=1` });
    const statuses = [await nextCallback(), await nextCallback(), await nextCallback()];

    expect(sent).toMatchObject({ status: 'queued', accountSid: ACCOUNT_SID, to });
    expect(statuses.map((fields) => fields['MessageStatus'])).toEqual(['queued', 'sent', 'delivered']);
    expect(statuses[2]).toMatchObject({ MessageSid: sent.sid, To: to, From: CLINIC });
    expect(await client.nextText({ to })).toMatchObject({ id: sent.sid, body: 'Your code is 123456' });
    expect((await twilioAt(mailroom.url).messages(sent.sid).fetch()).status).toBe('delivered');
  });

  test('holds a text back until it is released', async () => {
    const to = '+14155550102';
    await client.setSwitchesFor(to, { text: { hold: true } });
    const late = await sendText(to);
    await client.setSwitchesFor(to, {});
    const prompt = await sendText(to);

    expect(await client.nextText({ to })).toMatchObject({ id: prompt.sid });
    expect(await client.texts({ to })).toMatchObject([
      { id: prompt.sid, held: false },
      { id: late.sid, held: true, arrivedAt: null },
    ]);
    const arrival = client.nextText({ to, after: prompt.sid });
    await client.release({ id: late.sid });
    expect(await arrival).toMatchObject({ id: late.sid, held: false, status: 'delivered' });
    await expect(client.release({ id: late.sid })).rejects.toThrow(MailroomError);
  });

  test('knows landlines: refused at once, or undelivered later', async () => {
    const to = '+14155550103';
    await client.setSwitchesFor(to, { text: { landline: 'refuse' } });
    const refused = await failure(sendText(to));
    await client.setSwitchesFor(to, { text: { landline: 'undelivered' } });
    await sendText(to, { statusCallback: `${receiver.url}/texts` });
    const statuses = [await nextCallback(), await nextCallback(), await nextCallback()];

    expect(refused).toMatchObject({ status: 400, code: 21614 });
    expect(statuses[2]).toMatchObject({ MessageStatus: 'undelivered', ErrorCode: '30006' });
    expect(await client.texts({ to })).toHaveLength(1);
  });

  test.each([
    ['badRequest', 400, 21211],
    ['tooMany', 429, 20429],
    ['serverError', 500, 20500],
  ] as const)('can answer %s', async (answer, status, code) => {
    await client.setSwitches({ everyone: { text: { answer } } });
    expect(await failure(sendText('+14155550104'))).toMatchObject({ status, code });
  });

  test('refuses a wrong number and a wrong token', async () => {
    const stranger = twilioAt(mailroom.url, { authToken: 'wrong' });
    const text = { to: '+14155550105', from: CLINIC, body: 'Hello' };
    expect(await failure(sendText('12'))).toMatchObject({ status: 400, code: 21211 });
    expect(await failure(stranger.messages.create(text))).toMatchObject({ status: 401, code: 20003 });
  });

  test('takes a text and never answers', async () => {
    const to = '+14155550106';
    await client.setSwitchesFor(to, { text: { answer: 'hang' } });
    const hasty = twilioAt(mailroom.url, { timeoutMs: 200 });
    const error = await failure(hasty.messages.create({ to, from: CLINIC, body: 'Your code is 654321' }));
    expect(error.code).toBe('ECONNABORTED');
    expect(await client.nextText({ to })).toMatchObject({ status: 'delivered' });
  });
});

describe('Twilio stand-in: calls', () => {
  const twiml =
    '<Response><Gather numDigits="1"><Say language="es-MX">Su código es 1, 2 &amp; 3.</Say>' +
    '<Pause length="2"/></Gather><Say loop="2">Goodbye.</Say><Hangup/><Say>Never heard.</Say></Response>';

  test('reads a call as it is heard and reports its progress', async () => {
    const to = '+14155550111';
    const placed = await placeCall(to, twiml, ['initiated', 'ringing', 'answered', 'completed']);
    const progress: Record<string, string>[] = [];
    for (let count = 0; count < 4; count += 1) progress.push(await nextCallback());
    const call = await client.nextCall({ to });

    expect(progress.map((fields) => fields['CallStatus'])).toEqual([
      'initiated',
      'ringing',
      'in-progress',
      'completed',
    ]);
    expect(call).toMatchObject({
      id: placed.sid,
      words: 'Su código es 1, 2 & 3. Goodbye. Goodbye.',
      gather: { numDigits: 1, action: null },
      readings: 1,
    });
    expect(call.lines[0]).toEqual({ kind: 'words', text: 'Su código es 1, 2 & 3.', language: 'es-MX' });
    expect(await client.press(call, '1')).toMatchObject({ pressed: ['1'], readings: 2 });
  });

  test.each([
    ['noAnswer', 'no-answer'],
    ['busy', 'busy'],
    ['fail', 'failed'],
  ] as const)('ends in %s, which alone is reported unless more is asked for', async (outcome, status) => {
    const to = '+14155550112';
    await client.setSwitchesFor(to, { call: { outcome } });
    const placed = await placeCall(to, twiml);
    expect(await nextCallback()).toMatchObject({
      CallSid: placed.sid,
      CallStatus: status,
      CallDuration: '0',
    });
  });

  test('rings until it is answered', async () => {
    const to = '+14155550113';
    await client.setSwitchesFor(to, { call: { hold: true } });
    const placed = await placeCall(to, twiml);
    const answered = client.nextCall({ to });
    await client.release({ id: placed.sid });
    expect(await answered).toMatchObject({ id: placed.sid, status: 'completed' });
    expect(await nextCallback()).toMatchObject({ CallStatus: 'completed' });
  });

  test('refuses TwiML that is not well-formed', async () => {
    const broken = placeCall('+14155550114', '<Response><Say>Hello</Response>');
    expect(await failure(broken)).toMatchObject({ status: 400, code: 12100 });
  });
});
