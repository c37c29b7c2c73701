/** Sentences by key. A key that counts has one sentence for each plural form: `files_one`, `files_other`. */
export type Catalogue = Readonly<Record<string, string>>;

type WithoutPlural<K extends string> = K extends `${infer Stem}_${'one' | 'other'}` ? Stem : K;

/** The keys of a catalogue as a screen asks for them, without their plural forms. */
export type KeyOf<C extends Catalogue> = WithoutPlural<Extract<keyof C, string>>;

/** What stands between `{{` and `}}` in a sentence; `count` also chooses the plural form. */
export type SentenceValues = Readonly<Record<string, string | number>>;

/** Gives the sentence of a key in the reader's language. */
export type Words<C extends Catalogue> = (key: KeyOf<C>, values?: SentenceValues) => string;

/** A catalogue in another language: the same keys, no more and no fewer. */
export type Translation<C extends Catalogue> = { readonly [K in keyof C]: string };
