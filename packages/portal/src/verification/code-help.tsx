import type { Result } from '@casetalk/client';
import { useAnnouncer } from '@casetalk/ui';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { problemWords } from '../language/problem-words.ts';
import { unbroken } from '../language/unbroken.ts';
import { useWords } from '../language/use-words.ts';
import type { PracticeToCall } from './code-errors.ts';
import classes from './verification.module.css';

export interface CodeHelpProps {
  readonly practice?: PracticeToCall | undefined;
  /** Tells the clinician that the person needs help. */
  readonly ask?: (() => Promise<Result<unknown>>) | undefined;
}

/** "I cannot get a code": what else there is, and the practice's telephone. */
export function CodeHelp({ practice, ask }: CodeHelpProps) {
  const words = useWords();
  const announce = useAnnouncer();
  const [outcome, setOutcome] = useState('');

  const tell = async () => {
    if (!ask) return;
    const result = await ask();
    const said = result.ok
      ? words('code.help.told', { practice: practice?.name ?? '' })
      : problemWords(words, result.problem);
    setOutcome(said);
    announce(said);
  };

  return (
    <details className={classes.help}>
      <summary>{words('code.help')}</summary>
      <div className={classes.helpBody}>
        <ul>
          <li>{words('code.help.wait')}</li>
          <li>{words('code.help.call')}</li>
          {practice && (
            <li>{words('code.help.phone', { practice: practice.name, phone: unbroken(practice.phone) })}</li>
          )}
        </ul>
        {outcome === '' ? (
          ask && (
            <Button variant="default" onClick={() => void tell()}>
              {words('code.help.tell')}
            </Button>
          )
        ) : (
          <p>{outcome}</p>
        )}
      </div>
    </details>
  );
}
