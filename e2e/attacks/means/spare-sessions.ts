import { createHash, randomBytes } from 'node:crypto';
import type { World } from '../world.ts';
import type { Actor } from './actor.ts';
import { cookieHeader } from './caller.ts';

/**
 * Further sessions of somebody who is signed in, copied beside the one they have: brakes count by session, and what is
 * asked thousands of times at once has to get past the brakes to the doors.
 * @returns the headers by which each copy is known
 */
export async function spareSessions(
  { database }: World,
  actor: Actor,
  count: number,
): Promise<readonly Record<string, string>[]> {
  const cookie = `__Host-casetalk-${actor.portal}`;
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'));
  const hashes = tokens.map((token) => `\\x${createHash('sha256').update(token).digest('hex')}`);
  await database.rows(
    `insert into sessions
     select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'token_hash', hash))).*
     from sessions s cross join unnest($2::text[]) hash where s.id = $1`,
    [actor.sessionId, hashes],
  );
  return tokens.map((token) => {
    const jar = [...actor.cookies].map(([name, value]) => [name, name === cookie ? token : value] as const);
    return Object.assign(actor.headers(), { cookie: cookieHeader(jar) });
  });
}
