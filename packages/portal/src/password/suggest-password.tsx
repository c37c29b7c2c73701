import { useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { IconWand } from '@tabler/icons-react';
import { useState } from 'react';
import { useLanguage, useWords } from '../language/use-words.ts';
import classes from './suggest-password.module.css';

export interface SuggestPasswordProps {
  readonly onSuggested: (password: string) => void;
}

/** Offers a passphrase of plain words, and shows it so that it can be written down. */
export function SuggestPassword({ onSuggested }: SuggestPasswordProps) {
  const words = useWords();
  const announce = useAnnouncer();
  const language = useLanguage();
  const [suggested, setSuggested] = useState('');

  const suggest = async () => {
    const { suggestPassphrase } = await import('./passphrase.ts');
    const password = await suggestPassphrase(language);
    setSuggested(password);
    onSuggested(password);
    announce(words('password.suggested', { password }));
  };

  return (
    <div className={classes.root}>
      <Button
        variant="default"
        leftSection={<IconWand aria-hidden="true" size="1.25em" />}
        onClick={() => void suggest()}
      >
        {words('password.suggest')}
      </Button>
      {suggested !== '' && (
        <div className={classes.words}>
          <output className={classes.password} translate="no">
            {suggested}
          </output>
          <p className={classes.hint}>{words('password.suggestion')}</p>
        </div>
      )}
    </div>
  );
}
