import { EventWebhook } from '@sendgrid/eventwebhook';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { MailroomClient } from './client.ts';
import { startMailroom } from './index.ts';
import type { Mailroom } from './index.ts';
import { startReceiver } from './receiver.fixture.ts';
import type { Received, Receiver } from './receiver.fixture.ts';
import { failure, SENDGRID_KEY, sendGridAt } from './sdks.fixture.ts';

let receiver: Receiver;
let mailroom: Mailroom;
let client: MailroomClient;

beforeAll(async () => {
  receiver = await startReceiver();
  mailroom = await startMailroom({ sendGridApiKey: SENDGRID_KEY });
  client = new MailroomClient(mailroom.url);
  await client.setEventWebhookUrl(`${receiver.url}/events`);
});

afterEach(() => client.setSwitches({}));

afterAll(async () => {
  await mailroom.close();
  await receiver.close();
});

function letter(to: string) {
  return {
    to: { email: to, name: 'Ana Ruiz' },
    from: { email: 'clinic@example.com', name: 'Bay Clinic' },
    subject: 'Bay Clinic invited you',
    text: 'Open https://example.com/i#secret',
    html: '<p><a href="https://example.com/i#secret">Open invitation</a></p>',
    customArgs: { invitation: 'inv-1' },
    headers: { 'X-Trace': 'abc' },
    trackingSettings: { clickTracking: { enable: false } },
  };
}

async function nextEvent(): Promise<{ received: Received; event: Record<string, unknown> }> {
  const received = await receiver.next();
  const [event] = JSON.parse(received.body) as [Record<string, unknown>];
  return { received, event };
}

function isSigned({ body, headers }: Received): boolean {
  const webhook = new EventWebhook();
  return webhook.verifySignature(
    webhook.convertPublicKeyToECDSA(mailroom.sendGridPublicKey),
    body,
    String(headers['x-twilio-email-event-webhook-signature']),
    String(headers['x-twilio-email-event-webhook-timestamp']),
  );
}

describe('SendGrid stand-in', () => {
  test('keeps an email as it was sent and reports its delivery', async () => {
    const [response] = await sendGridAt(mailroom.url).send(letter('Ana@Example.com'));
    const email = await client.nextEmail({ to: 'ana@example.com' });

    expect(response.statusCode).toBe(202);
    expect(email).toMatchObject({
      messageId: (response.headers as Record<string, string>)['x-message-id'],
      to: 'ana@example.com',
      toName: 'Ana Ruiz',
      from: 'clinic@example.com',
      subject: 'Bay Clinic invited you',
      text: 'Open https://example.com/i#secret',
      customArgs: { invitation: 'inv-1' },
      headers: { 'X-Trace': 'abc' },
      trackingSettings: { click_tracking: { enable: false } },
      status: 'delivered',
    });
    const first = await nextEvent();
    const second = await nextEvent();
    expect([first.event['event'], second.event['event']]).toEqual(['processed', 'delivered']);
    expect(second.event).toMatchObject({ invitation: 'inv-1', sg_message_id: email.sgMessageId });
    expect(first.event['sg_event_id']).not.toBe(second.event['sg_event_id']);
  });

  test.each([
    ['bounce', 'bounce', { type: 'bounce', status: '5.1.1' }, 'bounced'],
    ['block', 'bounce', { type: 'blocked', status: '5.7.1' }, 'blocked'],
  ] as const)('signs the event of a %s', async (outcome, name, fields, status) => {
    const to = `${outcome}@example.com`;
    await client.setSwitchesFor(to, { email: { outcome } });
    await sendGridAt(mailroom.url).send(letter(to));
    const processed = await nextEvent();
    const { received, event } = await nextEvent();

    expect(processed.event).toMatchObject({ event: 'processed', email: to });
    expect(event).toMatchObject({ event: name, email: to, invitation: 'inv-1', ...fields });
    expect(event['reason']).toEqual(expect.stringContaining('550'));
    expect(isSigned(received)).toBe(true);
    expect(isSigned({ ...received, body: received.body.replace(to, 'other@example.com') })).toBe(false);
    expect(await client.nextEmail({ to })).toMatchObject({ status });
  });

  test('reports a dropped email and a deferred one', async () => {
    await client.setSwitchesFor('drop@example.com', { email: { outcome: 'drop' } });
    await client.setSwitchesFor('defer@example.com', { email: { outcome: 'defer' } });
    const names: unknown[] = [];
    await sendGridAt(mailroom.url).send(letter('drop@example.com'));
    names.push((await nextEvent()).event['event']);
    await sendGridAt(mailroom.url).send(letter('defer@example.com'));
    for (let count = 0; count < 3; count += 1) names.push((await nextEvent()).event['event']);
    expect(names).toEqual(['dropped', 'processed', 'deferred', 'delivered']);
  });

  test('tries again when the receiver is down', async () => {
    receiver.answerWith(503);
    await sendGridAt(mailroom.url).send(letter('retry@example.com'));
    const refused = await nextEvent();
    const repeated = await nextEvent();
    expect(repeated.event).toEqual(refused.event);
    expect(isSigned(repeated.received)).toBe(true);
    expect((await nextEvent()).event['event']).toBe('delivered');
  });

  test('refuses what SendGrid refuses, in its shape', async () => {
    const wrongKey = await failure(
      sendGridAt(mailroom.url, { apiKey: 'SG.wrong' }).send(letter('a@example.com')),
    );
    const wrongAddress = await failure(sendGridAt(mailroom.url).send(letter('nobody')));
    const noSubject = await failure(
      sendGridAt(mailroom.url).send({ ...letter('a@example.com'), subject: '' }),
    );

    expect(wrongKey.code).toBe(401);
    expect(wrongAddress.response?.body).toMatchObject({
      errors: [{ field: 'personalizations.0.to.0.email', help: null }],
    });
    expect(noSubject.response?.body).toMatchObject({ errors: [{ field: 'subject' }] });
    expect(await client.emails({ to: 'a@example.com' })).toEqual([]);
  });

  test.each([
    ['badRequest', 400],
    ['tooMany', 429],
    ['serverError', 500],
    ['down', 'ECONNRESET'],
  ] as const)('can be %s', async (answer, code) => {
    await client.setSwitches({ everyone: { email: { answer, retryAfterSeconds: 7 } } });
    const error = await failure(sendGridAt(mailroom.url).send(letter('failing@example.com')));
    expect(error.code).toBe(code);
    expect(error.response?.headers['retry-after']).toBe(answer === 'tooMany' ? '7' : undefined);
    expect(await client.emails({ to: 'failing@example.com' })).toEqual([]);
  });

  test('takes an email and never answers', async () => {
    const to = 'hang@example.com';
    await client.setSwitchesFor(to, { email: { answer: 'hang' } });
    const error = await failure(sendGridAt(mailroom.url, { timeoutMs: 200 }).send(letter(to)));
    expect(error.code).toBe('ECONNABORTED');
    expect(await client.nextEmail({ to })).toMatchObject({ to, status: 'delivered' });
  });
});
