import { limits, type Portal } from '@casetalk/contract';

/** How long a device stays known without signing in, in seconds. */
export const knownDeviceSeconds = 180 * 86_400;

export const sessionRules = {
  idleSeconds: (portal: Portal): number =>
    portal === 'clinician' ? limits.clinicianIdleSeconds : limits.patientIdleSeconds,
  totalSeconds: 12 * 60 * 60,
  /** The oldest goes when a further one begins. */
  most: 5,
  /** Activity is written down at most this often, in seconds. */
  touchEvery: 20,
  /** Free tries before the waits begin: 30 s, doubling up to an hour (NIST SP 800-63B-4 §3.2.2). */
  freeTries: 5,
  firstWaitSeconds: 30,
  longestWaitSeconds: 3600,
  /** After this many failures in a row only a new password opens the account. */
  hardStop: 100,
} as const;

/** What a person recognises a device by: browser and system, from the User-Agent, without version numbers. */
export function deviceOf(userAgent: string | undefined): string {
  const agent = userAgent ?? '';
  const browser =
    [
      ['Edg/', 'Edge'],
      ['OPR/', 'Opera'],
      ['Firefox/', 'Firefox'],
      ['Chrome/', 'Chrome'],
      ['Safari/', 'Safari'],
    ].find(([mark]) => agent.includes(mark ?? ''))?.[1] ?? 'Unknown browser';
  const system =
    [
      ['iPhone', 'iPhone'],
      ['iPad', 'iPad'],
      ['Android', 'Android'],
      ['Windows', 'Windows'],
      ['Mac OS X', 'macOS'],
      ['Linux', 'Linux'],
    ].find(([mark]) => agent.includes(mark ?? ''))?.[1] ?? 'unknown system';
  return `${browser}, ${system}`;
}
