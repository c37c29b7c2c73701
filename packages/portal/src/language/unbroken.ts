/** A telephone number that stays on one line: "(415) 555-0100" with a space and a hyphen that do not break. */
export const unbroken = (phone: string): string => phone.replaceAll(' ', '\u00a0').replaceAll('-', '\u2011');
