import { createHmac, generateKeyPairSync, hkdfSync, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { portalHeader } from '@casetalk/contract';
import { arranged, type Attack } from './attack.ts';
import { type Account, newCaller, signIn } from './means/caller.ts';
import { newAccount, newPair, openCase } from './means/cast.ts';
import { newInvitee, openInvitation } from './means/flows.ts';
import { held, holdNone, type Target } from './means/target.ts';
import { ask, codeOf, freshNetwork } from './means/wire.ts';

const base64 = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

type Claims = Readonly<Record<string, unknown>>;

const hmac = (hash: string, key: Buffer) => (text: string) =>
  createHmac(hash, key).update(text).digest('base64url');
const token = (head: Claims, claims: Claims, signed: (text: string) => string): string => {
  const text = `${base64(head)}.${base64(claims)}`;
  return `${text}.${signed(text)}`;
};

/**
 * The key by which the product signs its notes, read from the folder in which the product keeps its secrets: an attacker
 * who has even that must not get a token through that is of another kind than the one that is asked for.
 */
async function signingKey({ logFile }: Target): Promise<Buffer> {
  const text = await readFile(join(dirname(dirname(logFile)), 'keys.json'), 'utf8');
  const { SEALING_KEY = '' } = JSON.parse(text) as { SEALING_KEY?: string };
  return Buffer.from(
    hkdfSync('sha256', Buffer.from(SEALING_KEY, 'base64'), '', 'casetalk known device 1', 32),
  );
}

/** Signs in with the right password from a browser that carries this note. @returns the answer's status */
async function tryNote(target: Target, { portal, email, password }: Account, note: string): Promise<number> {
  const { status } = await ask(target.apiUrl, {
    method: 'POST',
    path: '/v1/sessions',
    headers: {
      'content-type': 'application/json',
      [portalHeader]: portal,
      cookie: `__Host-casetalk-${portal}-device=${note}`,
      ...freshNetwork(),
    },
    body: JSON.stringify({ email, password }),
  });
  return status;
}

/** Wrong guesses until the account's owner would have to wait in a browser that is not known. */
async function useUpTries(target: Target, account: Account): Promise<void> {
  for (let guess = 0; guess < 12; guess += 1) {
    const { apiUrl } = target;
    const answer = await newCaller(apiUrl, account.portal).ask({
      method: 'POST',
      path: '/v1/sessions',
      headers: { 'content-type': 'application/json', ...freshNetwork() },
      body: JSON.stringify({ email: account.email, password: 'not the right words at all' }),
    });
    if (codeOf(answer) === 'too-many-tries') return;
  }
  throw new Error('Twelve wrong guesses were all looked at.');
}

/** No note but the product's own makes a browser a known one, and no note makes anybody signed in. */
export const t32: Attack = {
  id: 'T32',
  title: 'JWT forging: alg, kid, jku, purpose, audience',
  async run({ target }) {
    const account = await newAccount(target, 'patient');
    const known = await signIn(target, account);
    const real = known.cookies.get('__Host-casetalk-patient-device') ?? '';
    arranged(real.split('.').length === 3, 'a note for the browser that signs in');
    const [head = '', body = ''] = real.split('.');
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Claims;
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims;
    const key = await signingKey(target);
    const hs256 = hmac('sha256', key);
    arranged(token(header, claims, hs256) === real, 'the key that signs notes');
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const publicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const rs256 = (text: string): string =>
      sign('sha256', Buffer.from(text), rsa.privateKey).toString('base64url');
    const { exp: _exp, ...noExp } = claims;
    const { sub: _sub, ...noSub } = claims;
    const other = await newAccount(target, 'patient');

    const forged: Record<string, string> = {
      'alg none': token({ ...header, alg: 'none' }, claims, () => ''),
      'alg nOnE': token({ ...header, alg: 'nOnE' }, claims, () => ''),
      'no signature': `${head}.${body}.`,
      'HS512 with the right key': token({ ...header, alg: 'HS512' }, claims, hmac('sha512', key)),
      'RS256 with a key of one’s own': token(
        { ...header, alg: 'RS256', jwk: rsa.publicKey.export({ format: 'jwk' }) },
        claims,
        rs256,
      ),
      'HS256 keyed with a public key': token(header, claims, hmac('sha256', Buffer.from(publicPem))),
      'kid that leads to an empty file': token(
        { ...header, kid: '../../../../dev/null' },
        claims,
        hmac('sha256', Buffer.alloc(0)),
      ),
      'jku of the attacker': token({ ...header, jku: 'http://127.0.0.1:9/keys', kid: '1' }, claims, rs256),
      'no exp': token(header, noExp, hs256),
      'exp of yesterday': token(header, { ...claims, exp: Math.floor(Date.now() / 1000) - 86_400 }, hs256),
      'other audience': token(header, { ...claims, aud: 'clinician' }, hs256),
      'other issuer': token(header, { ...claims, iss: 'somebody' }, hs256),
      'other type': token({ ...header, typ: 'JWT' }, claims, hs256),
      'no subject': token(header, noSub, hs256),
      'somebody else’s': token(header, { ...claims, sub: other.id }, hs256),
      'changed without a new signature': `${head}.${base64({ ...claims, sub: other.id })}.${real.split('.')[2]}`,
    };
    await useUpTries(target, account);
    const through: string[] = [];
    for (const [what, note] of Object.entries(forged)) {
      if ((await tryNote(target, account, note)) !== 429) through.push(what);
    }
    holdNone(through, 'notes taken for the product’s own');
    const own = await tryNote(target, account, real);
    arranged(own === 201, `the product’s own note, which was answered with ${own}`);

    // What is signed for one purpose is no session: neither notes nor the secrets of links and flows.
    const { doctor } = await newPair(target);
    const invitation = await openInvitation(target, doctor, await openCase(doctor), newInvitee());
    const impostors = [
      real,
      ...Object.values(forged),
      invitation.token,
      ...invitation.browser.cookies.values(),
    ];
    const inside: string[] = [];
    for (const [index, secret] of impostors.entries()) {
      const headers: Record<string, string>[] = [
        { cookie: `__Host-casetalk-patient=${secret}`, [portalHeader]: 'patient' },
        { cookie: `__Host-casetalk-clinician=${secret}`, [portalHeader]: 'clinician' },
        { authorization: `Bearer ${secret}` },
      ];
      for (const one of headers) {
        const { status } = await ask(target.apiUrl, { path: '/v1/me', headers: one });
        if (status !== 401) inside.push(`${index}: ${status}`);
      }
    }
    holdNone(inside, 'tokens taken for a session');
    return held(
      Object.keys(forged).length + impostors.length * 3,
      `${Object.keys(forged).length} forged notes, none taken for a known browser; ${impostors.length} tokens in 3 places each, none a session`,
    );
  },
};
