import type { PasswordFieldWords } from '@casetalk/ui';
import { useMemo } from 'react';
import { useWords } from '../language/use-words.ts';

/** What the show button of a password says; `again` for the field where it is re-entered. */
export function usePasswordWords(field: 'password' | 'again' = 'password'): PasswordFieldWords {
  const words = useWords();
  return useMemo(
    () => ({
      show: words('password.show'),
      hide: words('password.hide'),
      showName: words(field === 'again' ? 'password.showAgainName' : 'password.showName'),
      hideName: words(field === 'again' ? 'password.hideAgainName' : 'password.hideName'),
      shown: words('password.shown'),
      hidden: words('password.hidden'),
    }),
    [field, words],
  );
}
