import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../../support/database.ts';
import type { Actor } from './actor.ts';
import { cookieHeader } from './caller.ts';

/** Copies a session that somebody has, under secrets of its own. @returns the secrets */
async function copySession(
  { database }: { readonly database: Database },
  { id }: Pick<Actor, 'id'>,
  count: number,
): Promise<readonly string[]> {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'));
  const hashes = tokens.map((token) => `\\x${createHash('sha256').update(token).digest('hex')}`);
  await database.rows(
    `insert into sessions
     select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'token_hash', hash, 'last_seen_at', now()))).*
     from sessions s cross join unnest($2::text[]) hash
     where s.id = (select id from sessions where coalesce(clinician_id, patient_id) = $1 order by last_seen_at desc limit 1)`,
    [id, hashes],
  );
  return tokens;
}

const cookieOf = ({ portal }: Pick<Actor, 'portal'>): string => `__Host-casetalk-${portal}`;

/**
 * Further sessions of somebody who is signed in, copied beside the one they have: brakes count by session, and what is
 * asked thousands of times at once has to get past the brakes to the doors.
 * @returns the headers by which each copy is known
 */
export async function spareSessions(
  world: { readonly database: Database },
  actor: Actor,
  count: number,
): Promise<readonly Record<string, string>[]> {
  const tokens = await copySession(world, actor, count);
  const cookie = cookieOf(actor);
  return tokens.map((token) => {
    const jar = [...actor.cookies].map(([name, value]) => [name, name === cookie ? token : value] as const);
    return Object.assign(actor.headers(), { cookie: cookieHeader(jar) });
  });
}

/** Goes on in another session: to the brakes, somebody who has not asked for anything yet. */
export async function changeSession(world: { readonly database: Database }, actor: Actor): Promise<void> {
  const [token] = await copySession(world, actor, 1);
  if (token !== undefined) actor.cookies.set(cookieOf(actor), token);
}
