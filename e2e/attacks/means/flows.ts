import { MailroomClient } from '@casetalk/mailroom/client';
import { linkIn } from '../../support/mail.ts';
import { arranged } from '../attack.ts';
import { type Account, type Caller, newCaller } from './caller.ts';
import { forgetCaps, nextCode, phoneOf } from './codes.ts';
import type { Target } from './target.ts';
import { dataOf, freshNetwork } from './wire.ts';

const json = { 'content-type': 'application/json' };
const tokenIn = (link: string): string => new URL(link).hash.slice(1);

/** Whoever holds the mail of a forgotten password, with its link opened and no code yet. */
export async function openReset(
  target: Target,
  { portal, email }: Pick<Account, 'portal' | 'email'>,
): Promise<{ readonly browser: Caller; readonly token: string }> {
  await forgetCaps(target);
  const mailroom = new MailroomClient(target.mailroomUrl);
  const browser = newCaller(target.apiUrl, portal);
  const [before] = await mailroom.emails({ to: email });
  const asked = await browser.ask({
    method: 'POST',
    path: '/v1/password-resets',
    headers: { ...json, ...freshNetwork() },
    body: JSON.stringify({ email }),
  });
  arranged(asked.status === 202, `a reset, answered with ${asked.status}`);
  const mail = await mailroom.nextEmail({
    to: email,
    timeoutMs: 30_000,
    ...(before && { after: before.id }),
  });
  const token = tokenIn(linkIn(mail));
  dataOf(await browser.send('POST', '/v1/password-resets/current', { token }));
  return { browser, token };
}

/** Goes all the way of a forgotten password. @returns the secrets that were on the way */
export async function resetPassword(
  target: Target,
  account: Account,
  password: string,
): Promise<{ readonly token: string; readonly code: string }> {
  const { browser, token } = await openReset(target, account);
  const { methods } = dataOf(await browser.ask({ path: '/v1/password-resets/current' })) as {
    methods: { id: string; channel: string }[];
  };
  const method = methods.find(({ channel }) => channel === 'text');
  arranged(method !== undefined, 'an account with a number for texts');
  const code = await nextCode(target, await phoneOf(target, account), () =>
    browser.send('POST', '/v1/password-resets/current/verification', { methodId: method.id }),
  );
  dataOf(await browser.send('POST', '/v1/password-resets/current/verification/attempts', { code }));
  const set = await browser.send('PUT', '/v1/password-resets/current/password', { password });
  arranged(
    set.status === 204 || set.status === 200,
    `a new password, answered with ${set.status}: ${set.text}`,
  );
  return { token, code };
}

export interface Invitee {
  readonly email: string;
  readonly mobile: string;
  readonly password: string;
}

let invitees = 0;
/** An invented person without an account; the number is from the range kept for fiction. */
export function newInvitee(): Invitee {
  invitees += 1;
  return {
    email: `invitee-${crypto.randomUUID().slice(0, 13)}@example.com`,
    mobile: `+141555501${String(60 + (invitees % 40)).padStart(2, '0')}`,
    password: `quiet lanterns ${crypto.randomUUID().slice(0, 13)}`,
  };
}

/** Invites somebody without an account. @returns the browser that has opened the mail's link, and the link's secret */
export async function openInvitation(
  target: Target,
  doctor: Caller,
  caseId: string,
  { email, mobile }: Invitee,
  firstMessage = '',
  network: Readonly<Record<string, string>> = {},
): Promise<{ readonly browser: Caller; readonly token: string; readonly talkId: string }> {
  await forgetCaps(target);
  const mailroom = new MailroomClient(target.mailroomUrl);
  const invited = await doctor.send('POST', `/v1/cases/${caseId}/invitations`, {
    email,
    mobile,
    firstMessage,
  });
  const { talkId } = dataOf(invited) as { talkId: string };
  const token = tokenIn(linkIn(await mailroom.nextEmail({ to: email, timeoutMs: 30_000 })));
  const browser = newCaller(target.apiUrl, 'patient', network);
  dataOf(await browser.send('POST', '/v1/registrations', { token }));
  return { browser, token, talkId };
}

/** Goes on from an opened link to the last step before the account: the code is given and the terms are accepted. */
export async function proveAndAgree(
  target: Target,
  browser: Caller,
  { mobile }: Pick<Invitee, 'mobile'>,
): Promise<{ readonly code: string }> {
  const code = await nextCode(target, mobile, () =>
    browser.send('POST', '/v1/registrations/current/verification', { methodId: 'mobile-text' }),
  );
  dataOf(await browser.send('POST', '/v1/registrations/current/verification/attempts', { code }));
  const { version, language } = dataOf(await browser.ask({ path: '/v1/terms' })) as {
    version: string;
    language: string;
  };
  dataOf(await browser.send('POST', '/v1/registrations/current/terms-acceptance', { version, language }));
  return { code };
}

/** Goes on from an opened link to an account. @returns the code that was on the way */
export async function finishRegistration(
  target: Target,
  browser: Caller,
  invitee: Invitee,
): Promise<{ readonly code: string }> {
  const proved = await proveAndAgree(target, browser, invitee);
  dataOf(await browser.send('PUT', '/v1/registrations/current/password', { password: invitee.password }));
  return proved;
}
