import type { Portal } from '@casetalk/contract';
import type { Person } from '../../actors.ts';
import type { Database } from '../../db/database.ts';
import { hashSecret } from '../../gateways/random.ts';
import type { EventHub } from '../events/index.ts';
import { createSessionCache } from './session-cache.ts';
import { createSessionLookUp, type FoundSession } from './session-look-up.ts';
import { createSessionTouches } from './session-touches.ts';
import { sessionRules } from './sessions.rules.ts';

interface KnownSession {
  readonly sessionId: string;
  readonly person: Person;
  /** When the next sign of activity has to be written down, by `performance.now()`. */
  touchDue: number;
}

/**
 * Makes the function that tells who a cookie belongs to, or undefined when its session is over; see
 * {@link createSessionCache} for how long that is remembered. Unless asked passively, it counts as a sign of activity.
 */
export function createSessionResolver(
  db: Pick<Database, 'ask'>,
  events: EventHub,
  onTouchError: (error: unknown) => void,
) {
  const cache = createSessionCache<KnownSession>(() => events.hearing);
  const lookUp = createSessionLookUp(db);
  const touch = createSessionTouches(db, onTouchError);
  events.onSessionEnd((sessionId) => cache.forget(sessionId));
  events.onSessionChange((sessionId) => cache.forget(sessionId));
  events.onSessionRenewal((sessionId) => cache.renewed(sessionId));

  async function find(
    portal: Portal,
    tokenHash: Buffer,
    cacheKey: string,
  ): Promise<KnownSession | undefined> {
    const askedAt = performance.now();
    const session = await lookUp(portal, tokenHash);
    const person = session && actorOf(session);
    if (!person) return undefined;
    const touchDue = askedAt + (sessionRules.touchEvery - session.idleFor) * 1000;
    const known = { sessionId: session.id, person, touchDue };
    cache.set(cacheKey, session.id, known, { askedAt, left: session.left * 1000 });
    return known;
  }

  return async (portal: Portal, token: string, passive: boolean): Promise<Person | undefined> => {
    const tokenHash = hashSecret(token);
    const cacheKey = `${portal}:${tokenHash.toString('base64url')}`;
    const known = cache.get(cacheKey) ?? (await find(portal, tokenHash, cacheKey));
    if (known && !passive && performance.now() >= known.touchDue) {
      known.touchDue = performance.now() + sessionRules.touchEvery * 1000;
      touch(known.sessionId);
    }
    return known?.person;
  };
}

function actorOf(session: FoundSession): Person | undefined {
  const { id: sessionId, personId: id, name, role, practiceId, termsVersion } = session;
  if (session.portal === 'clinician' && role && practiceId)
    return { kind: 'clinician', id, name, role, practiceId, sessionId };
  if (session.portal === 'patient' && termsVersion)
    return { kind: 'patient', id, name, termsVersion, sessionId };
  return undefined;
}
