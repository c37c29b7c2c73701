import { useNow } from '@casetalk/ui';

const secondMs = 1000;

/** Whole seconds until a moment, from 0 on; counts down while it is shown. */
export function useTimeLeft(until: string): number {
  const now = useNow(secondMs);
  return Math.max(0, Math.ceil((Date.parse(until) - now) / secondMs));
}

/** "14:05": minutes and seconds. */
export const formatTimeLeft = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
