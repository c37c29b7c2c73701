import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MailroomClient } from './client.ts';
import { startMailroom } from './index.ts';
import type { Mailroom } from './index.ts';
import { CLINIC, sendGridAt, twilioAt } from './sdks.fixture.ts';

let mailroom: Mailroom;
let client: MailroomClient;

beforeAll(async () => {
  mailroom = await startMailroom();
  client = new MailroomClient(mailroom.url);
});

afterAll(() => mailroom.close());

function sendText(to: string, body: string) {
  return twilioAt(mailroom.url).messages.create({ to, from: CLINIC, body });
}

describe('mailroom', () => {
  test('wakes whoever waits for the next message', async () => {
    const to = '+14155550121';
    const waiting = client.nextText({ to });
    await sendText('+14155550122', 'Somebody else');
    const first = await sendText(to, 'First');
    expect(await waiting).toMatchObject({ id: first.sid });

    const next = client.nextText({ to, after: first.sid });
    const second = await sendText(to, 'Second');
    expect(await next).toMatchObject({ id: second.sid });
    expect(await client.texts({ to, after: first.sid })).toMatchObject([{ body: 'Second' }]);
  });

  test('stops waiting when the time is over', async () => {
    await expect(client.nextEmail({ to: 'nobody@example.com', timeoutMs: 1 })).rejects.toMatchObject({
      status: 204,
    });
  });

  test('forgets everything, and what was under way with it', async () => {
    const to = '+14155550123';
    await client.setSwitchesFor(to, { text: { hold: true } });
    const held = await sendText(to, 'Held');
    await client.clear();
    expect(await client.texts()).toEqual([]);
    await expect(client.release({ id: held.sid })).rejects.toMatchObject({ status: 404 });
  });

  test('keeps switches of persons apart and refuses unknown ones', async () => {
    await client.setSwitchesFor('Ana@Example.com', { email: { outcome: 'bounce' } });
    expect((await client.switches()).recipients['ana@example.com']).toEqual({ email: { outcome: 'bounce' } });
    const reply = await fetch(`${mailroom.url}/api/switches`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"everyone":{"email":{"outcome":"vanish"}}}',
    });
    expect(reply.status).toBe(400);
    expect(await client.setSwitches({})).toEqual({ everyone: {}, recipients: {} });
  });

  test('lets no other site steer it', async () => {
    const reply = await fetch(`${mailroom.url}/api/everything`, {
      method: 'DELETE',
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(reply.status).toBe(403);
  });

  test('shows an email in a frame of its own that runs and loads nothing', async () => {
    const to = 'page@example.com';
    await sendGridAt(mailroom.url).send({
      to,
      from: 'clinic@example.com',
      subject: '<script>alert(1)</script>',
      html: '<!doctype html><html><head><style>p{color:teal}</style></head><body><p>Hello</p></body></html>',
    });
    const { id } = await client.nextEmail({ to });
    const page = await fetch(mailroom.url);
    const body = await fetch(`${mailroom.url}/emails/${id}/body`);
    const markup = await page.text();

    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(markup).toContain('nothing here leaves this machine');
    expect(markup).toContain('&lt;script&gt;alert(1)');
    expect(markup).not.toContain('<script>alert');
    expect(body.headers.get('content-security-policy')).toMatch(/^default-src 'none';.*sandbox/);
    expect(await body.text()).toContain('<head><base target="_blank"><style>');
  });

  test('tells open pages what happens', async () => {
    const leaving = new AbortController();
    const stream = await fetch(`${mailroom.url}/live`, { signal: leaving.signal });
    await sendText('+14155550124', 'Seen live');
    let seen = '';
    const decoder = new TextDecoder();
    for await (const chunk of stream.body ?? []) {
      seen += decoder.decode(chunk, { stream: true });
      if (seen.includes('Delivered')) break;
    }
    expect(seen).toContain('event: text');
    expect(seen).toContain('Seen live');
    leaving.abort();
  });
});
