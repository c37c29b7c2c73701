import { createHmac } from 'node:crypto';
import type { Account, Caller } from './caller.ts';
import { forgetCaps, nextCode, phoneOf } from './codes.ts';
import { inTables } from './tables.ts';
import type { Target } from './target.ts';
import { type Answer, dataOf } from './wire.ts';

/** The setup keys of the authenticator apps that these attacks hold, by the address of the account. */
const setupKeys = new Map<string, string>();

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 (RFC 4648 §6) without padding. */
function bytesOf(text: string): Buffer {
  const bits = Array.from(text, (letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** What an authenticator app shows now (RFC 6238). */
function codeNow(setupKey: string): string {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', bytesOf(setupKey)).update(step).digest();
  const number = hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/**
 * Gives what a sign-in asks for after the password: a clinician's authenticator app, set up at the first one, and the
 * code that is texted to a patient. @throws when it is refused
 */
export async function giveSecondFactor(
  target: Target,
  caller: Caller,
  account: Account,
  asked: Answer,
): Promise<void> {
  const { step, delivery } = dataOf(asked) as { step: string; delivery: { id: string; channel: string }[] };
  const path = '/v1/sign-ins/current';
  if (step === 'enrolment') {
    const setup = dataOf(await caller.send('POST', `${path}/enrolment/authenticator`)) as {
      setupKey: string;
    };
    setupKeys.set(account.email, setup.setupKey);
    const code = codeNow(setup.setupKey);
    dataOf(await caller.send('POST', `${path}/enrolment/authenticator/confirmation`, { code }));
    return;
  }
  const setupKey = setupKeys.get(account.email);
  if (setupKey !== undefined) {
    // Each code works once, and half a minute is long: the one before was used long ago.
    await inTables(target.ownerUrl, (database) =>
      database.rows(
        'update authenticators a set last_step = last_step - 10 from clinicians c where c.id = a.clinician_id and c.email = $1',
        [account.email],
      ),
    );
    dataOf(await caller.send('POST', `${path}/authenticator-code`, { code: codeNow(setupKey) }));
    return;
  }
  const method = delivery.find(({ channel }) => channel === 'text');
  if (!method) throw new Error(`${account.email} is asked for what these attacks do not have: ${asked.text}`);
  await forgetCaps(target);
  const code = await nextCode(target, await phoneOf(target, account), () =>
    caller.send('POST', `${path}/verification`, { methodId: method.id }),
  );
  dataOf(await caller.send('POST', `${path}/verification/attempts`, { code }));
}
