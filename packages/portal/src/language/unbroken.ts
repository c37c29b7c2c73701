/** A telephone number that stays on one line: its spaces do not break, and a hyphen between digits never does. */
export const unbroken = (phone: string): string => phone.replaceAll(' ', '\u00a0');
