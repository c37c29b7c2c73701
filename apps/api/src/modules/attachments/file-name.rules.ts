import { limits } from '@casetalk/contract';

/** Marks that turn the direction of writing around or cannot be seen; joiners stay, emoji and Persian need them. */
const unseen = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]|\p{Cc}|\p{Cs}/gu;

/**
 * A file's name as people will see it: the last part of whatever path was sent, without characters that deceive, at
 * most 255 UTF-16 code units, its ending kept. Names nothing on any disk.
 * @param given as it stood in the request
 * @returns never empty
 */
export function cleanFileName(given: string): string {
  const base = given.normalize('NFC').split(/[/\\]/).pop() ?? '';
  const seen = base.replaceAll(unseen, '').replaceAll(/\s+/gu, ' ').trim();
  const name = /^[.\s]*$/.test(seen) ? 'file' : seen;
  if (name.length <= limits.fileNameLength) return name;
  const ending = /\.[^.]{1,16}$/.exec(name)?.[0] ?? '';
  return wholeCharacters(name.slice(0, limits.fileNameLength - ending.length)).trimEnd() + ending;
}

/** Gives a name that promises nothing the ending of what was found in the file. */
export function withEnding(name: string, extension: string): string {
  if (/[^.]\.[^.]+$/.test(name)) return name;
  const stem = wholeCharacters(name.slice(0, limits.fileNameLength - extension.length - 1));
  return `${stem.replace(/\.+$/, '')}.${extension}`;
}

/** A cut may have left the first half of a surrogate pair. */
const wholeCharacters = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, '');
