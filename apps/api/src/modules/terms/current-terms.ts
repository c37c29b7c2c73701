import { createHash } from 'node:crypto';
import type { Language, Terms } from '@casetalk/contract';
import { english } from './terms.en.ts';
import { spanish } from './terms.es.ts';
import type { TermsText } from './terms-text.ts';

/** The version that patients must have accepted. A new one is asked again at the next sign-in. */
export const currentTermsVersion = '2026-11-22';

const publish = (language: Language, text: TermsText): Terms => ({
  version: currentTermsVersion,
  language,
  publishedOn: currentTermsVersion,
  hash: createHash('sha256').update(JSON.stringify(text)).digest('hex'),
  title: text.title,
  summary: text.summary,
  sections: text.sections.map(({ heading, paragraphs }) => ({ heading, paragraphs: [...paragraphs] })),
});

/** The present terms by language, each with the hash that an acceptance keeps. */
export const currentTerms: Readonly<Record<Language, Terms>> = {
  en: publish('en', english),
  es: publish('es', spanish),
};
