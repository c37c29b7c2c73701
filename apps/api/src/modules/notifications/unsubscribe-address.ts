import type { Portal } from '@casetalk/contract';
import type { Sealer } from '../../gateways/sealer.ts';

/** Which mails: those that tell one person of unread messages, or those that remind of one invitation. */
type Subscription =
  | { readonly mails: 'notices'; readonly portal: Portal; readonly id: string }
  | { readonly mails: 'reminders'; readonly portal: 'patient'; readonly id: string };

/** A subscription at the address that its mails went to: good for whoever reads there, and for nobody who did before. */
export interface Addressed {
  readonly subscription: Subscription;
  readonly addressPrint: string;
}

const context = 'unsubscribe';

/** Tells an address from another without saying it. */
export const printOf = (sealer: Pick<Sealer, 'fingerprint'>, email: string): string =>
  sealer.fingerprint(`unsubscribe ${email}`).toString('hex').slice(0, 32);

/** @returns what nobody can make or read but the API and its workers */
export function sealUnsubscribeToken(
  sealer: Pick<Sealer, 'seal' | 'fingerprint'>,
  { mails, portal, id }: Subscription,
  email: string,
): string {
  const plain = [mails, portal, id, printOf(sealer, email)].join(' ');
  return sealer.seal(plain, context).toString('base64url');
}

/** @returns undefined for a token that was not sealed here */
export function openUnsubscribeToken(sealer: Pick<Sealer, 'open'>, token: string): Addressed | undefined {
  try {
    const [mails, portal, id = '', addressPrint = ''] = sealer
      .open(Buffer.from(token, 'base64url'), context)
      .split(' ');
    if (mails === 'reminders') return { subscription: { mails, portal: 'patient', id }, addressPrint };
    const side = portal === 'clinician' ? portal : 'patient';
    return { subscription: { mails: 'notices', portal: side, id }, addressPrint };
  } catch {
    return undefined;
  }
}

/** What a mail carries so that it can be stopped. */
interface WayOut {
  /** For its reader, at the foot. */
  readonly pageUrl: string;
  /** For its mail program (RFC 2369, RFC 8058). */
  readonly headers: Readonly<Record<string, string>>;
}

interface Urls {
  readonly PUBLIC_API_URL: string;
  readonly PUBLIC_CLINICIAN_URL: string;
  readonly PUBLIC_PATIENT_URL: string;
}

/** The portal's page on which the mails are stopped; the token stands in the fragment, which no server sees. */
export const unsubscribePage = (urls: Urls, portal: Portal, token: string): string =>
  new URL(
    `/unsubscribe#${token}`,
    portal === 'clinician' ? urls.PUBLIC_CLINICIAN_URL : urls.PUBLIC_PATIENT_URL,
  ).href;

/** @param email where the mail goes */
export function wayOut(
  { sealer, settings }: { readonly sealer: Pick<Sealer, 'seal' | 'fingerprint'>; readonly settings: Urls },
  subscription: Subscription,
  email: string,
): WayOut {
  const token = sealUnsubscribeToken(sealer, subscription, email);
  return {
    pageUrl: unsubscribePage(settings, subscription.portal, token),
    headers: {
      'List-Unsubscribe': `<${new URL(`/v1/unsubscriptions/${token}`, settings.PUBLIC_API_URL).href}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  };
}
