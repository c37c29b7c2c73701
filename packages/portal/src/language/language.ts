import type { Language } from '@casetalk/contract';
import { createInstance, type i18n as I18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Catalogue } from './catalogue.ts';
import { chosenLanguage, rememberLanguage } from './language-choice.ts';

type Load = () => Promise<Catalogue>;

export interface LanguageSettings {
  /** The portal's own catalogue beside the shared one; a language that it lacks is read in English. */
  readonly namespace: string;
  readonly catalogues: Readonly<Record<'en', Load> & Partial<Record<Language, Load>>>;
}

export const sharedNamespace = 'shared';

const shared: Readonly<Record<Language, Load>> = {
  en: () => import('./en/index.ts').then((module) => module.en),
  es: () => import('./es/index.ts').then((module) => module.es),
};

const instance: I18n = createInstance();
let own: LanguageSettings | undefined;

/** Loads the words in the reader's language and starts translating. Resolves when the first screen may be drawn. */
export async function startLanguage(settings: LanguageSettings): Promise<void> {
  own = settings;
  const language = chosenLanguage();
  await instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: ['en', 'es'],
    ns: [sharedNamespace, settings.namespace],
    defaultNS: sharedNamespace,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnEmptyString: false,
    react: { useSuspense: false },
    resources: { [language]: await load(language) },
  });
  document.documentElement.lang = language;
}

async function load(language: Language): Promise<Record<string, Catalogue>> {
  if (!own) throw new Error('startLanguage comes first');
  const [common, portal] = await Promise.all([
    shared[language](),
    (own.catalogues[language] ?? own.catalogues.en)(),
  ]);
  return { [sharedNamespace]: common, [own.namespace]: portal };
}

/** The language on screen. */
export const currentLanguage = (): Language => (instance.language === 'es' ? 'es' : 'en');

/**
 * Puts every screen into a language.
 * `chosen`: the reader asked for it, so this device keeps it. `offered`: an invitation or an account says so; a choice
 * that was made on this device wins over an offer.
 */
export async function switchLanguage(language: Language, source: 'chosen' | 'offered'): Promise<void> {
  if (source === 'chosen') rememberLanguage(language);
  else if (chosenLanguage(language) !== language) return;
  if (language === currentLanguage()) return;
  if (!instance.hasResourceBundle(language, sharedNamespace)) {
    for (const [namespace, words] of Object.entries(await load(language))) {
      instance.addResourceBundle(language, namespace, words);
    }
  }
  await instance.changeLanguage(language);
  document.documentElement.lang = language;
}

/** The translator itself, for words outside a component. */
export const translator = (): I18n => instance;
