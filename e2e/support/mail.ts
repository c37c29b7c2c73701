import type { Call, Email, Text } from '@casetalk/mailroom/client';

/** The address that an email asks its reader to open. */
export function linkIn(email: Email): string {
  const link = /https?:\/\/\S+#\S+/.exec(email.text ?? '')?.[0];
  if (link === undefined) throw new Error(`There is no link in “${email.subject}”.`);
  return link;
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
