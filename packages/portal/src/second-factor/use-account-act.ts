import type { Result } from '@casetalk/client';
import { useAnnouncer } from '@casetalk/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { problemWords } from '../language/problem-words.ts';
import { useWords } from '../language/use-words.ts';
import { queryKeys } from '../queries/query-keys.ts';
import { useConfirmed } from './reauthentication.tsx';

/** What became of the latest act of a panel: a sentence for the strip at its top. */
export interface ActOutcome {
  readonly tone: 'success' | 'danger' | 'info';
  readonly text: string;
}

export interface AccountAct {
  readonly outcome: ActOutcome | null;
  readonly busy: boolean;
  /**
   * Runs an act that may need to be confirmed, says how it went, and looks at the factors again.
   * @param said what to say when it went well; null says nothing.
   * @returns the act's data, undefined when it did not happen.
   */
  run<T>(act: () => Promise<Result<T>>, said: string | null): Promise<{ readonly data: T } | undefined>;
  /** Says that something did not work. */
  fail(text: string): void;
}

/** An account panel's acts, one after the other, each with its outcome in sight. */
export function useAccountAct(): AccountAct {
  const words = useWords();
  const announce = useAnnouncer();
  const client = useQueryClient();
  const confirmed = useConfirmed();
  const [outcome, setOutcome] = useState<ActOutcome | null>(null);
  const [busy, setBusy] = useState(false);

  const show = useCallback(
    (tone: ActOutcome['tone'], text: string) => {
      setOutcome({ tone, text });
      announce(text, tone === 'danger' ? 'assertive' : 'polite');
    },
    [announce],
  );

  const run = useCallback<AccountAct['run']>(
    async (act, said) => {
      setBusy(true);
      setOutcome(null);
      const result = await confirmed(act);
      setBusy(false);
      if (!result.ok) {
        const cancelled = result.problem.code === 'reauthentication-needed';
        if (cancelled) show('info', words('reauth.cancelled'));
        else show('danger', problemWords(words, result.problem));
        return undefined;
      }
      await client.invalidateQueries({ queryKey: queryKeys.secondFactors });
      if (said !== null) show('success', said);
      return { data: result.data };
    },
    [client, confirmed, show, words],
  );

  return { outcome, busy, run, fail: useCallback((text: string) => show('danger', text), [show]) };
}
