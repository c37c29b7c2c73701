import { limits, type Session } from '@casetalk/contract';

const warningMs = limits.idleWarningSeconds * 1000;

/** The instant at which a session ends when nothing happens. */
export const sessionEnd = (session: Pick<Session, 'idleExpiresAt' | 'expiresAt'>): string =>
  session.idleExpiresAt < session.expiresAt ? session.idleExpiresAt : session.expiresAt;

/** Milliseconds until the warning is due; zero when it is. */
export const untilWarning = (endsAt: string, now: number): number =>
  Math.max(0, Date.parse(endsAt) - warningMs - now);

/** Whole seconds until the session ends, never below zero. */
export const secondsLeft = (endsAt: string, now: number): number =>
  Math.max(0, Math.ceil((Date.parse(endsAt) - now) / 1000));

/** How long after the latest renewal the next touch of keyboard or pointer renews the session again. */
export const renewEveryMs = 60_000;
