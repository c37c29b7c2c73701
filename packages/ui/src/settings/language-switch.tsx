import type { Language } from '../format/date-format.ts';
import { Segmented } from './segmented.tsx';

/** Each language by its own name, which is the same in every language. */
const names: readonly { readonly value: Language; readonly label: string; readonly lang: string }[] = [
  { value: 'en', label: 'English', lang: 'en' },
  { value: 'es', label: 'Español', lang: 'es' },
];

export interface LanguageSwitchProps {
  /** "Language". */
  readonly legend: string;
  readonly value: Language;
  readonly onChange: (language: Language) => void;
}

/** English or Spanish. */
export const LanguageSwitch = ({ legend, value, onChange }: LanguageSwitchProps) => (
  <Segmented legend={legend} segments={names} value={value} onChange={onChange} />
);
