import type { Client } from '@casetalk/client';
import type { Invitation } from '@casetalk/contract';
import type { Email } from '@casetalk/mailroom/client';
import type { TestApi } from './api.ts';
import { goodPassword, type Someone } from './people.ts';
import { answer } from './result.ts';

/** Settings under which nobody has had too many codes, however many tests share one address. */
export const manyCodes = { CODES_PER_NETWORK: '1000', CODES_PER_HOUR: '1000' };

let invitees = 0;

/** An address and a number that nobody else in this process has. */
export function newInvitee(): { email: string; mobile: string } {
  invitees += 1;
  return {
    email: `invitee${invitees}@example.com`,
    mobile: `+1415555${(100 + (invitees % 100)).toString().padStart(4, '0')}`,
  };
}

/** Invites, and answers the invitation and the secret that arrived by mail. */
export async function invite(
  api: TestApi,
  clinician: Someone,
  caseId: string,
  body: Parameters<Client['createInvitation']>[0]['body'],
) {
  let after = (await api.mailroom.emails({ to: body.email }))[0]?.id;
  const invitation = answer(await clinician.client.createInvitation({ params: { caseId }, body }));
  // Notices to the same address may come in between.
  for (;;) {
    const mail = await api.mailroom.nextEmail({ to: body.email, ...(after ? { after } : {}) });
    if (mail.text?.includes('/invitation#')) return { invitation, mail, token: tokenIn(mail) };
    after = mail.id;
  }
}

export const ofInvitation = (invitationId: string) => ({ params: { invitationId } });

/** An invitation as its clinician sees it. */
export const invitationOf = async (clinician: Someone, invitationId: string): Promise<Invitation> =>
  answer(await clinician.client.getInvitation(ofInvitation(invitationId)));

/** What somebody who holds a link is told of it. */
export const linkStatus = async (api: TestApi, token: string) =>
  answer(await api.browser('patient').lookUpInvitationLink({ body: { token } })).status;

/** The secret of the link in a mail, taken from where a person would press. */
export function tokenIn(mail: Email): string {
  const token = /#([\w-]{43})(?![\w-])/.exec(mail.text ?? '')?.[1];
  if (!token) throw new Error('The mail has no link.');
  return token;
}

/** The code in the latest text to a number. */
export async function codeTo(api: TestApi, number: string, after?: string): Promise<string> {
  const text = await api.mailroom.nextText({ to: number, ...(after ? { after } : {}) });
  const code = /\b(\d{6})\b/.exec(text.body)?.[1];
  if (!code) throw new Error('The text has no code.');
  return code;
}

/** A browser that has opened the link and proved the number. */
export async function verified(api: TestApi, token: string, mobile: string): Promise<Client> {
  const browser = api.browser('patient');
  answer(await browser.startRegistration({ body: { token } }));
  const before = (await api.mailroom.texts({ to: mobile }))[0]?.id;
  answer(await browser.sendRegistrationCode({ body: { methodId: 'mobile-text' } }));
  const code = await codeTo(api, mobile, before);
  answer(await browser.submitRegistrationCode({ body: { code } }));
  return browser;
}

/** From the link to the account. */
export async function register(api: TestApi, token: string, mobile: string): Promise<Client> {
  const browser = await verified(api, token, mobile);
  answer(await browser.acceptRegistrationTerms({ body: { version: api.termsVersion, language: 'en' } }));
  answer(await browser.setRegistrationPassword({ body: { password: goodPassword } }));
  return browser;
}
