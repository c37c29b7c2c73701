import type { Database } from '../../db/database.ts';

/** So long activity is gathered before it is written down, in milliseconds. */
const gatherFor = 250;

const statements = (ids: readonly string[]) => [
  // A crash may forget that somebody was active a moment ago; nobody's request waits for the disk because of it.
  {
    name: 'touch-unhurried',
    text: `select set_config('synchronous_commit', 'off', true)`,
    values: [],
  },
  // Sessions that another process touches just now are left to it: two never wait for each other.
  {
    name: 'touch-sessions',
    text: `update sessions set last_seen_at = now()
      where id in (select id from sessions where id = any($1::uuid[]) for no key update skip locked)`,
    values: [ids],
  },
];

/**
 * Writes down who is active, beside the requests that show it and for many of them at once: most requests of a busy
 * moment would else each wait for a write of their own.
 * @param onError told of what could not be written
 * @returns takes the id of a session; never fails: what could not be written is shown again by the next request
 */
export function createSessionTouches(
  db: Pick<Database, 'ask'>,
  onError: (error: unknown) => void,
): (sessionId: string) => void {
  let active = new Set<string>();

  function write(): void {
    const ids = [...active];
    active = new Set();
    db.ask(statements(ids)).catch(onError);
  }

  return (sessionId) => {
    if (active.size === 0) setTimeout(write, gatherFor);
    active.add(sessionId);
  };
}
