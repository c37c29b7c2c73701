/** What a process needs to serve, each looked at by itself. */
export const checkNames = ['database', 'migrations', 'keys', 'queue', 'files', 'events'] as const;
export type CheckName = (typeof checkNames)[number];

/** `degraded`: something does not work, and what people need most still does. The reason names no host and no secret. */
export interface Check {
  readonly status: 'ok' | 'degraded' | 'failed';
  readonly reason?: string;
}

export type Checks = Readonly<Record<CheckName, Check>>;

export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'unready';
  readonly checks: Checks;
}

export const fine: Check = { status: 'ok' };
export const degraded = (reason: string): Check => ({ status: 'degraded', reason });
export const failed = (reason: string): Check => ({ status: 'failed', reason });

/** Only what this process cannot serve without takes it out of service: taking out what works a little helps nobody. */
export function readinessOf(checks: Checks): Readiness {
  const found = new Set(Object.values(checks).map(({ status }) => status));
  if (found.has('failed')) return { status: 'unready', checks };
  return { status: found.has('degraded') ? 'degraded' : 'ready', checks };
}

/**
 * Whether the database is of this build. Migrations only add until the version after: over a newer database this build
 * goes on serving while it is being replaced, over an older one it cannot.
 * @param known when each migration of this build was made, in milliseconds, which names it
 * @param applied the same of those that have run
 */
export function migrationsCheck(known: readonly number[], applied: readonly number[]): Check {
  const missing = known.filter((one) => !applied.includes(one)).length;
  if (missing > 0) return failed(`${missing} migrations of this version have not run: run migrate`);
  const newer = applied.filter((one) => !known.includes(one)).length;
  return newer > 0 ? degraded(`${newer} migrations of another version have run: replace this process`) : fine;
}

/** @param inUse ids of the vault keys that the data is sealed under */
export function keysCheck(inUse: readonly string[], knows: (keyId: string) => boolean): Check {
  return inUse.every((id) => knows(id))
    ? fine
    : failed('data is sealed under a vault key that this process was not given');
}
