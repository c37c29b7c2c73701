import type { Result } from '@casetalk/client';
import { createContext, type ReactNode, use, useCallback, useState } from 'react';
import { type Need, ReauthenticationDialog } from './reauthentication-dialog.tsx';

/** Runs an act; where the API wants it confirmed first, the person is asked, and the act goes on by itself. */
export type RunConfirmed = <T>(act: () => Promise<Result<T>>) => Promise<Result<T>>;

const ReauthenticationContext = createContext<RunConfirmed | null>(null);

/**
 * Gives the function that runs an act of the account. When the person does not confirm, it answers what the API had
 * said: `reauthentication-needed`.
 *
 * @throws Error when no `Reauthentication` stands above.
 */
export function useConfirmed(): RunConfirmed {
  const run = use(ReauthenticationContext);
  if (!run) throw new Error('useConfirmed needs Reauthentication above it.');
  return run;
}

interface Asked {
  readonly needs: readonly Need[];
  readonly answer: (confirmed: boolean) => void;
}

const both: readonly Need[] = ['password', 'factor'];

/** Stands around the account's screens and asks "Is it still you?" whenever an act needs it. */
export function Reauthentication({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | null>(null);

  const run = useCallback<RunConfirmed>(async (act) => {
    const result = await act();
    if (result.ok || result.problem.code !== 'reauthentication-needed') return result;
    const { needs = both } = result.problem;
    const confirmed = await new Promise<boolean>((answer) => {
      setAsked({ needs, answer });
    });
    setAsked(null);
    return confirmed ? act() : result;
  }, []);

  return (
    <ReauthenticationContext value={run}>
      {children}
      <ReauthenticationDialog
        needs={asked?.needs ?? null}
        onConfirmed={() => asked?.answer(true)}
        onCancel={() => asked?.answer(false)}
      />
    </ReauthenticationContext>
  );
}
