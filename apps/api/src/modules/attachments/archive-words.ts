/** The languages that whoever downloads may have. */
export type ArchiveLanguage = 'en' | 'es';

interface ArchiveWords {
  /** What the zip is called, before its date. Says nothing of a person. */
  readonly talk: string;
  readonly case: string;
  readonly note: string;
  readonly leftOut: string;
  readonly checking: string;
  readonly infected: string;
}

/** What a zip of files says by itself. */
export const archiveWords: Readonly<Record<ArchiveLanguage, ArchiveWords>> = {
  en: {
    talk: 'Files of a talk',
    case: 'Attachments of a case',
    note: 'Not included.txt',
    leftOut: 'These files are not included:',
    checking: 'it is still being checked for viruses',
    infected: 'it contains a virus',
  },
  es: {
    talk: 'Archivos de una conversación',
    case: 'Archivos de un caso',
    note: 'No incluidos.txt',
    leftOut: 'Estos archivos no están incluidos:',
    checking: 'todavía se está revisando por virus',
    infected: 'contiene un virus',
  },
};
