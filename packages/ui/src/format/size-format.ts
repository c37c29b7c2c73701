import type { Language } from './date-format.ts';

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/**
 * A file's size: "812 B", "4.2 MB", "4,2 MB". One step is 1024, so that a file of exactly the limit says
 * the limit.
 *
 * @param bytes a whole number, not negative.
 */
export const formatFileSize = (bytes: number, language: Language): string => {
  let size = bytes;
  let step = 0;
  while (size >= 1024 && step < units.length - 1) {
    size /= 1024;
    step += 1;
  }
  const digits = step === 0 || size >= 100 ? 0 : 1;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(size);
  return `${number} ${units[step]}`;
};
