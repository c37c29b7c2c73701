import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MailroomClient } from './client.ts';
import { startMailroom } from './index.ts';
import type { Mailroom } from './index.ts';
import { codeAt, readAccount } from './one-time-code.ts';

/** "12345678901234567890", the key of RFC 6238's own examples. */
const RFC_KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const GRACE = `otpauth://totp/CaseTalk:grace.chen%40example.com?secret=${RFC_KEY}&issuer=CaseTalk`;
const second = 1000;

describe('one-time codes', () => {
  test.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [20_000_000_000, '65353130'],
  ])('at second %i are those of RFC 6238', (at, code) => {
    const account = readAccount(`otpauth://totp/x?secret=${RFC_KEY}&digits=8`);
    expect(codeAt(account, at * second)).toBe(code);
  });

  test('know the longer digests too', () => {
    const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA';
    const account = readAccount(`otpauth://totp/x?secret=${key}&digits=8&algorithm=SHA256`);
    expect(codeAt(account, 59 * second)).toBe('46119246');
  });

  test('read a key as people paste it', () => {
    const plain = readAccount(RFC_KEY);
    expect(readAccount(' gezd gnbv-gy3t qojq gezd gnbv gy3t qojq== ').key).toEqual(plain.key);
    expect(codeAt(plain, 59 * second)).toBe('287082');
  });

  test.each([
    ['GEZDGNBVGY3T1OJQ', 'letters A to Z'],
    ['GEZD', 'too short'],
    [`otpauth://hotp/x?secret=${RFC_KEY}`, 'otpauth://totp/'],
    [`otpauth://totp/x?secret=${RFC_KEY}&period=0`, 'period'],
    [`otpauth://totp/x?secret=${RFC_KEY}&algorithm=md5`, 'algorithm'],
    [`otpauth://totp/%E0%A4%A?secret=${RFC_KEY}`, 'name'],
  ])('refuse %s with a word on what is wrong', (pasted, word) => {
    expect(() => readAccount(pasted)).toThrow(word);
  });
});

describe('the authenticator', () => {
  let mailroom: Mailroom;
  let client: MailroomClient;

  beforeAll(async () => {
    mailroom = await startMailroom({ authenticatorAccounts: [GRACE] });
    client = new MailroomClient(mailroom.url);
  });

  afterAll(() => mailroom.close());

  test('has the accounts that it was started with', async () => {
    const [grace, ...others] = await client.authenticators('Grace.Chen@example.com');
    expect(others).toEqual([]);
    expect(grace).toMatchObject({ name: 'grace.chen@example.com', issuer: 'CaseTalk', period: 30 });
    const until = Date.parse(grace?.until ?? '');
    expect(grace?.code).toBe(codeAt(readAccount(RFC_KEY), until - 1));
    expect(grace?.nextCode).toBe(codeAt(readAccount(RFC_KEY), until));
  });

  test('takes a key once, and forgets it when it is removed', async () => {
    const key = 'JBSWY3DPEHPK3PXPJBSWY3DP';
    const added = await client.addAuthenticator(key, 'noor.haddad@example.com');
    const again = await client.addAuthenticator(key.toLowerCase());
    expect(again).toMatchObject({ id: added.id, name: 'noor.haddad@example.com' });
    expect(await client.authenticators()).toHaveLength(2);
    await client.clear();
    expect(await client.authenticators()).toHaveLength(2);

    const address = `${mailroom.url}/api/authenticators/${added.id}`;
    expect((await fetch(address)).status).toBe(200);
    expect((await fetch(address, { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(address)).status).toBe(404);
    expect(await client.authenticators()).toHaveLength(1);
  });

  test('says what is wrong with a key', async () => {
    await expect(client.addAuthenticator('not a key!')).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('letters A to Z'),
    });
  });

  test('shows its page with the codes, and names escaped', async () => {
    await client.addAuthenticator('KRUGS4ZANFZSAYJAONSWG4TF', '<img src=x>');
    const page = await fetch(`${mailroom.url}/authenticator`);
    const markup = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(markup).toContain('aria-label="Copy code of grace.chen@example.com"');
    expect(markup).toContain('&lt;img src=x&gt;');
    expect(markup).not.toContain('<img');
    const [grace] = await client.authenticators('grace.chen@example.com');
    const list = await (await fetch(`${mailroom.url}/authenticator/codes`)).text();
    expect([grace?.code, grace?.nextCode].some((code) => list.includes(`data-code="${code}"`))).toBe(true);
  });
});
