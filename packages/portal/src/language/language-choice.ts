import type { Language } from '@casetalk/contract';

const key = 'casetalk-language';

const isLanguage = (value: string | null): value is Language => value === 'en' || value === 'es';

/** Keeps the reader's choice on this device. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(key, language);
  } catch {
    // Without storage the choice lives as long as the page.
  }
}

/** The language chosen on this device, else the offered one, else the first of the browser's that there is. */
export function chosenLanguage(offered?: Language): Language {
  const kept = stored();
  if (kept) return kept;
  if (offered) return offered;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en';
}

function stored(): Language | null {
  try {
    const value = localStorage.getItem(key);
    return isLanguage(value) ? value : null;
  } catch {
    return null;
  }
}
