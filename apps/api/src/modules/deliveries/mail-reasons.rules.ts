const noSuchAddress = 'This address does not exist.';
const mailboxUnavailable = 'The mailbox is full or closed.';
const refusedContent = 'The receiving mail server refused the message.';
const notTrusted = 'The receiving mail server does not accept mail from us right now.';
const busy = 'The mailbox accepts no mail right now.';
const unreachable = 'The receiving mail server could not be reached.';

/** SendGrid's own sorting of refusals (`bounce_classification`). */
const byClassification: Readonly<Record<string, string>> = {
  'Invalid Address': noSuchAddress,
  'Mailbox Unavailable': mailboxUnavailable,
  Content: refusedContent,
  Reputation: notTrusted,
  'Frequency or Volume Too High': busy,
  'Technical Failure': unreachable,
};

/** Why SendGrid itself dropped a message without trying. */
const byDrop: Readonly<Record<string, string>> = {
  'Bounced Address': 'Mail to this address came back before.',
  'Spam Reporting Address': 'Mail to this address was reported as spam before.',
  'Unsubscribed Address': 'This address has asked not to receive mail.',
  Invalid: 'This is not a valid address.',
};

/** Enhanced status codes (RFC 3463), the most telling first: what stands in most servers' words. */
const byStatus: readonly (readonly [RegExp, string])[] = [
  [/\b5\.1\.[0-36]\b/, noSuchAddress],
  [/\b5\.1\.10\b/, noSuchAddress],
  [/\b4\.2\.\d\b/, busy],
  [/\b5\.2\.[0-3]\b/, mailboxUnavailable],
  [/\b5\.7\.\d+\b/, refusedContent],
  [/\b4\.7\.\d+\b/, notTrusted],
  [/\b4\.[45]\.\d+\b/, unreachable],
];

/** What a stranger's mail server said: cut, and without what PostgreSQL cannot keep, or one event would hold up its batch. */
const printable = (words: string): string => words.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 300);

/**
 * Why a mail did not arrive, in plain words; the receiving server's own where it says nothing that is known.
 * @returns null when nobody gave a reason
 */
export function mailReason(event: Readonly<Record<string, unknown>>): string | null {
  const { event: name, bounce_classification: classification, reason, response, status } = event;
  if (name === 'spamreport') return 'The mailbox reported the mail as spam, and takes no more of ours.';
  const sorted = typeof classification === 'string' ? byClassification[classification] : undefined;
  if (sorted) return sorted;
  const said = typeof reason === 'string' ? reason : response;
  const words = typeof said === 'string' ? said : '';
  const dropped = name === 'dropped' ? byDrop[words] : undefined;
  if (dropped) return dropped;
  const codes = `${typeof status === 'string' ? status : ''} ${words}`;
  const known = byStatus.find(([pattern]) => pattern.test(codes))?.[1];
  return known ?? (words === '' ? null : printable(words));
}
