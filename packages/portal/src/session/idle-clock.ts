import { limits } from '@casetalk/contract';

const warningMs = limits.idleWarningSeconds * 1000;

/** Milliseconds until the warning is due; zero when it is. */
export const untilWarning = (endsAt: string, now: number): number =>
  Math.max(0, Date.parse(endsAt) - warningMs - now);

/** Whole seconds until the session ends, never below zero. */
export const secondsLeft = (endsAt: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(endsAt) - now) / 1000));

/** How long after the latest renewal the next touch of keyboard or pointer renews the session again. */
export const renewEveryMs = 60_000;
