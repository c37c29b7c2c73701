import type { Language } from '@casetalk/contract';
import { LanguageSwitch } from '@casetalk/ui';
import { switchLanguage } from './language.ts';
import { useLanguage, useWords } from './use-words.ts';

export interface LanguagePickerProps {
  /** Also told, such as to keep the choice in the account. */
  readonly onChosen?: (language: Language) => void;
}

/** English or Spanish, for every screen from now on; this device keeps the choice. */
export function LanguagePicker({ onChosen }: LanguagePickerProps) {
  const words = useWords();
  const language = useLanguage();
  return (
    <LanguageSwitch
      legend={words('language.label')}
      value={language}
      onChange={(chosen) => {
        void switchLanguage(chosen, 'chosen');
        onChosen?.(chosen);
      }}
    />
  );
}
