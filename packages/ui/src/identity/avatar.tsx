import classes from './avatar.module.css';

export interface AvatarProps {
  /** The person's whole name, which stands beside it in words. */
  readonly name: string;
  readonly size?: 'sm' | 'md';
}

/** Titles that are no part of a name's initials. */
const titles = new Set([
  'dr',
  'dr.',
  'dra',
  'dra.',
  'mr',
  'mr.',
  'ms',
  'ms.',
  'mrs',
  'mrs.',
  'prof',
  'prof.',
]);

const letters = new Intl.Segmenter();

/** The first letter as people count them, its accents included. */
const firstLetter = (word: string): string => {
  for (const { segment } of letters.segment(word)) return segment;
  return '';
};

/** First letters of the first and the last name: "Dr Mei-Lin Chen" gives "MC". */
export const initialsOf = (name: string): string => {
  const parts = name
    .trim()
    .split(/\s+/)
    .filter((part) => part !== '' && !titles.has(part.toLowerCase()));
  const first = parts.at(0) ?? '';
  const last = parts.length > 1 ? (parts.at(-1) ?? '') : '';
  return `${firstLetter(first)}${firstLetter(last)}`.toUpperCase();
};

/** A person's initials; decorative, because the name always stands beside it. */
export const Avatar = ({ name, size = 'md' }: AvatarProps) => (
  <span className={classes.root} data-size={size} aria-hidden="true">
    {initialsOf(name)}
  </span>
);
