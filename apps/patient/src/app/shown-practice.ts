import { useEffect, useSyncExternalStore } from 'react';

/** The practice whose name and telephone stand at the top of the page. */
export interface ShownPractice {
  readonly name: string;
  readonly phone: string;
}

let shown: ShownPractice | null = null;
const listeners = new Set<() => void>();

function show(practice: ShownPractice | null): void {
  if (shown?.name === practice?.name && shown?.phone === practice?.phone) return;
  shown = practice;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The practice to show, or null while none is known. Kept in memory alone: a shared device tells nobody's practice. */
export const useShownPractice = (): ShownPractice | null => useSyncExternalStore(subscribe, () => shown);

/** Puts a practice at the top of the page, once it is known. */
export function useShowPractice(practice: ShownPractice | null | undefined): void {
  const name = practice?.name;
  const phone = practice?.phone;
  useEffect(() => {
    if (name !== undefined && phone !== undefined) show({ name, phone });
  }, [name, phone]);
}

/** Nobody is signed in any more. */
export const forgetPractice = (): void => show(null);
