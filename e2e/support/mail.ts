import type { Call, Email, MailroomClient, Text } from '@casetalk/mailroom/client';

/** The address that an email asks its reader to open. */
export function linkIn(email: Email): string {
  const link = /https?:\/\/\S+#\S+/.exec(email.text ?? '')?.[0];
  if (link === undefined) throw new Error(`There is no link in “${email.subject}”.`);
  return link;
}

/** The address at the foot of a notice or a reminder, by which its reader stops them. */
export function stopLinkIn(email: Email): string {
  const link = /https?:\/\/\S+\/unsubscribe#\S+/.exec(email.text ?? '')?.[0];
  if (link === undefined) throw new Error(`“${email.subject}” cannot be stopped.`);
  return link;
}

/** Presses a mail program's own button for "unsubscribe" (RFC 8058). @returns the status of the answer */
export async function pressUnsubscribe({ headers }: Email): Promise<number> {
  const address = /^<(.+)>$/.exec(headers['List-Unsubscribe'] ?? '')?.[1];
  if (address === undefined || headers['List-Unsubscribe-Post'] !== 'List-Unsubscribe=One-Click') {
    throw new Error('The mail program shows no button.');
  }
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  return (await fetch(address, { method: 'POST', body })).status;
}

/** The email to this address with this subject, among whatever else arrives there. @throws {MailroomError} when none comes */
export async function emailAbout(mailroom: MailroomClient, to: string, subject: string): Promise<Email> {
  for (;;) {
    const arrived = await mailroom.emails({ to });
    const found = arrived.find((email) => email.subject === subject);
    if (found) return found;
    const [last] = arrived;
    await mailroom.nextEmail({ to, timeoutMs: 30_000, ...(last && { after: last.id }) });
  }
}

/** The six numbers of a text message. */
export function codeIn(text: Text): string {
  const code = /\b\d{6}\b/.exec(text.body)?.[0];
  if (code === undefined) throw new Error(`There is no code in “${text.body}”.`);
  return code;
}

/** The six numbers that a call reads, digit by digit. */
export function codeHeardIn(call: Call): string {
  const digits = call.words.match(/\d(?:[\s,.]+\d){5}/)?.[0];
  if (digits === undefined) throw new Error(`There is no code in “${call.words}”.`);
  return digits.replaceAll(/\D/g, '');
}

/** A code that is surely not the right one. */
export const wrongCodeBeside = (code: string): string =>
  String((Number(code) + 1) % 1_000_000).padStart(6, '0');
