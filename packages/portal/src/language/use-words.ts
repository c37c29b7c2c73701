import type { Language } from '@casetalk/contract';
import { useTranslation } from 'react-i18next';
import type { Catalogue, Words } from './catalogue.ts';
import type { en } from './en/index.ts';
import { sharedNamespace } from './language.ts';

export type SharedWords = Words<typeof en>;

/** The words of one catalogue in the reader's language; the screen is drawn again when the language changes. */
export function useWordsOf<C extends Catalogue>(namespace: string): Words<C> {
  return useTranslation(namespace).t as unknown as Words<C>;
}

/** The words that both portals share. */
export const useWords = (): SharedWords => useWordsOf<typeof en>(sharedNamespace);

/** The language on screen. */
export function useLanguage(): Language {
  return useTranslation().i18n.language === 'es' ? 'es' : 'en';
}
