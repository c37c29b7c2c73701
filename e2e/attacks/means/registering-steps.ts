import { answerOf } from '../../support/clinic.ts';
import { codeHeardIn, codeIn } from '../../support/mail.ts';
import { e164 } from '../../support/people.ts';
import { tokenOf } from '../../support/registering.ts';
import type { World } from '../world.ts';
import { newVisitor, type Visitor } from './actor.ts';

/** A browser that has opened an invitation's link. */
export async function openLink(world: World, link: string): Promise<Visitor> {
  const browser = newVisitor(world, 'patient');
  await answerOf(browser.client.startRegistration({ body: { token: tokenOf(link) } }));
  return browser;
}

/** Asks for the code by text. @returns the code that came */
export async function codeByText(world: World, { client }: Visitor, mobile: string): Promise<string> {
  const to = e164(mobile);
  const after = (await world.mailroom.texts({ to }))[0]?.id;
  await answerOf(client.sendRegistrationCode({ body: { methodId: 'mobile-text' } }));
  return codeIn(await world.mailroom.nextText({ to, ...(after === undefined ? {} : { after }) }));
}

/** Asks for the code by call. @returns the code that was heard */
export async function codeByCall(world: World, { client }: Visitor, mobile: string): Promise<string> {
  const to = e164(mobile);
  const after = (await world.mailroom.calls({ to }))[0]?.id;
  await answerOf(client.sendRegistrationCode({ body: { methodId: 'mobile-call' } }));
  return codeHeardIn(await world.mailroom.nextCall({ to, ...(after === undefined ? {} : { after }) }));
}

/** A browser with an account one step away: link opened, number proved, terms accepted. */
export async function upToPassword(world: World, link: string, mobile: string): Promise<Visitor> {
  const browser = await openLink(world, link);
  await answerOf(
    browser.client.submitRegistrationCode({ body: { code: await codeByText(world, browser, mobile) } }),
  );
  await acceptTerms(browser);
  return browser;
}

export async function acceptTerms({ client }: Visitor): Promise<void> {
  const { version, language } = await answerOf(client.getTerms());
  await answerOf(client.acceptRegistrationTerms({ body: { version, language } }));
}

/** The half minute between two codes goes by for everyone. */
export const passCoolDown = ({ database }: World): Promise<unknown> =>
  database.rows(`update verifications set last_sent_at = last_sent_at - interval '31 seconds'`);
