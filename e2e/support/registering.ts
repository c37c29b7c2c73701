import { createClient } from '@casetalk/client';
import type { MailroomClient } from '@casetalk/mailroom/client';
import { answerOf, invite, type OpenedCase } from './clinic.ts';
import { fetchWithCookies } from './cookie-jar.ts';
import { rememberBrowser } from './known-browsers.ts';
import { codeIn, linkIn } from './mail.ts';
import { e164, type Patient } from './people.ts';
import type { Product } from './product.ts';

/** The secret of an emailed link. */
export const tokenOf = (link: string): string => new URL(link).hash.slice(1);

/** Registers a patient from an emailed link, for stories that are about what comes afterwards. */
export async function register(
  { apiUrl }: Product,
  mailroom: MailroomClient,
  link: string,
  { email, mobile, password }: Patient,
): Promise<void> {
  const cookies = new Map<string, string>();
  const browser = createClient({ baseUrl: apiUrl, portal: 'patient', fetch: fetchWithCookies(cookies) });
  await answerOf(browser.startRegistration({ body: { token: tokenOf(link) } }));
  const before = (await mailroom.texts({ to: e164(mobile) }))[0]?.id;
  await answerOf(browser.sendRegistrationCode({ body: { methodId: 'mobile-text' } }));
  const text = await mailroom.nextText({
    to: e164(mobile),
    ...(before === undefined ? {} : { after: before }),
  });
  await answerOf(browser.submitRegistrationCode({ body: { code: codeIn(text) } }));
  const { version, language } = await answerOf(browser.getTerms());
  await answerOf(browser.acceptRegistrationTerms({ body: { version, language } }));
  await answerOf(browser.setRegistrationPassword({ body: { password } }));
  rememberBrowser(email, cookies);
}

/** Invites a patient to a case and registers them: a talk that both sides can use. */
export async function openTalk(
  product: Product,
  mailroom: MailroomClient,
  opened: OpenedCase,
  patient: Patient,
  firstMessage = 'Please write to me how your knee feels.',
): Promise<{ readonly talkId: string }> {
  const { talkId } = await invite(opened, patient, { firstMessage });
  const email = await mailroom.nextEmail({ to: patient.email });
  await register(product, mailroom, linkIn(email), patient);
  return { talkId };
}
