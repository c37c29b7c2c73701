import type { Language } from './date-format.ts';

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
/**
 * A megabyte is a million bytes, as the limits count it, as the unit is defined, and as macOS, iOS, Android and most
 * Linux desktops show it: a file of exactly the limit says the limit. Windows alone divides by 1,024 and shows a little
 * less than stands here.
 */
const step = 1000;

/**
 * A file's size: "812 B", "4.2 MB", "4,2 MB".
 *
 * @param bytes a whole number, not negative.
 */
export const formatFileSize = (bytes: number, language: Language): string => {
  let size = bytes;
  let unit = 0;
  // What would be rounded to 1,000 of a unit is one of the next.
  while (unit < units.length - 1 && Math.round(size) >= step) {
    size /= step;
    unit += 1;
  }
  const digits = unit === 0 || size >= 100 ? 0 : 1;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(size);
  return `${number} ${units[unit]}`;
};
