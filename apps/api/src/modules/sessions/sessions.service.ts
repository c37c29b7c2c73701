import type { Me, Portal, Session, SessionSummary } from '@casetalk/contract';
import type { Origin, Person } from '../../actors.ts';
import type { Database, Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import type { KnownDevices } from '../../gateways/known-devices.ts';
import type { PasswordHasher } from '../../gateways/password-hasher.ts';
import { hashSecret, newSecret } from '../../gateways/random.ts';
import type { Sealer } from '../../gateways/sealer.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import type { EventHub } from '../events/index.ts';
import { createSessionCache } from './session-cache.ts';
import { createSessionLookUp, type FoundSession } from './session-look-up.ts';
import { deviceOf, knownDeviceSeconds, sessionRules } from './sessions.rules.ts';
import { type LiveSession, sessionRepository } from './sessions.repository.ts';

export interface SessionNeeds {
  readonly db: Database;
  readonly events: EventHub;
  readonly hasher: PasswordHasher;
  readonly sealer: Sealer;
  readonly knownDevices: KnownDevices;
  readonly credentialByEmail: (
    tx: Tx,
    portal: Portal,
    email: string,
  ) => Promise<{ id: string; passwordHash: string } | undefined>;
  readonly me: (tx: Tx, person: { kind: Portal; id: string }) => Promise<Me>;
}

export function createSessionService(needs: SessionNeeds) {
  const { db, events } = needs;
  const cache = createSessionCache<FoundSession>();
  const lookUp = createSessionLookUp(db);
  events.onSessionEnd((sessionId) => cache.forget(sessionId));

  async function present(tx: Tx, session: LiveSession, lastSeenAt: Date): Promise<Session> {
    const idleEnd = lastSeenAt.getTime() + sessionRules.idleSeconds(session.portal) * 1000;
    return {
      me: await needs.me(tx, { kind: session.portal, id: session.personId }),
      sessionId: session.id,
      idleExpiresAt: new Date(Math.min(idleEnd, session.expiresAt.getTime())).toISOString(),
      expiresAt: session.expiresAt.toISOString(),
    };
  }

  /** Takes one try from a key's budget before anything is compared. */
  async function claimTry(key: string): Promise<{ forgive(tx: Tx): Promise<void> }> {
    const claimed = await db.transaction((tx) => sessionRepository.claimTry(tx, key));
    if (!claimed) {
      const retryAfterSeconds = await db.transaction((tx) => sessionRepository.secondsToWait(tx, key));
      throw new ProblemError('too-many-tries', { retryAfterSeconds });
    }
    return { forgive: (tx) => sessionRepository.forgiveFailures(tx, key) };
  }

  const keyOf = (portal: Portal, subject: string): string =>
    needs.sealer.fingerprint(`sign-in:${portal}:${subject}`).toString('base64url');

  return {
    claimPasswordTry: (portal: Portal, personId: string) => claimTry(keyOf(portal, personId)),

    /**
     * Checks an email and password and begins a session. Unknown addresses cost the same work and count the same tries.
     * A browser in which the account was signed in to before has a budget of its own, so that a stranger's guesses never
     * keep the owner out.
     * @returns the values of the session's and the device's cookie, stored nowhere
     */
    async signIn(
      portal: Portal,
      credentials: { email: string; password: string },
      origin: Origin,
      browser: { userAgent: string | undefined; deviceToken: string | undefined },
    ): Promise<{ secret: string; deviceToken: string; session: Session }> {
      const account = await db.transaction((tx) => needs.credentialByEmail(tx, portal, credentials.email));
      const device = await needs.knownDevices.recognise(portal, browser.deviceToken ?? '');
      const known = device && device.personId === account?.id ? device : undefined;
      const attempt = await claimTry(keyOf(portal, known ? `device:${known.deviceId}` : credentials.email));
      const matches = await needs.hasher.verify(credentials.password, account?.passwordHash ?? null);
      if (!matches || !account) throw new ProblemError('wrong-credentials');
      const { secret, hash } = newSecret();
      const id = newId();
      const { ended, session } = await db.transaction(async (tx) => {
        await attempt.forgive(tx);
        await sessionRepository.create(tx, {
          id,
          portal,
          personId: account.id,
          tokenHash: hash,
          device: deviceOf(browser.userAgent),
        });
        const oldest = await sessionRepository.endOldest(tx, portal, account.id);
        await recordAudit(tx, { kind: portal, id: account.id } as Person, origin, {
          action: 'session.begin',
          resourceType: 'session',
          resourceId: id,
        });
        const row = await sessionRepository.find(tx, portal, hash);
        if (!row) throw new ProblemError('wrong-credentials');
        return { ended: oldest, session: await present(tx, row, row.lastSeenAt) };
      });
      events.endSessions(ended);
      return {
        secret,
        session,
        deviceToken: await needs.knownDevices.remember(portal, account.id, knownDeviceSeconds, known),
      };
    },

    /** Who a cookie belongs to. Looked up at most once a second, and at once after a session was ended. */
    async resolve(portal: Portal, token: string, passive: boolean): Promise<Person | undefined> {
      const tokenHash = hashSecret(token);
      const cacheKey = `${portal}:${tokenHash.toString('base64url')}`;
      let session = cache.get(cacheKey);
      if (!session || (session.stale && !passive)) {
        session = await lookUp(portal, tokenHash, !passive);
        if (!session) return undefined;
        cache.set(cacheKey, session.id, session);
      }
      return actorOf(session);
    },

    async current(person: Person, renew: boolean): Promise<Session> {
      return db.transaction(async (tx) => {
        if (renew) await sessionRepository.touch(tx, person.sessionId);
        const row = (await sessionRepository.list(tx, person.kind, person.id)).find(
          ({ id }) => id === person.sessionId,
        );
        if (!row) throw new ProblemError('unauthenticated');
        const session = {
          ...row,
          personId: person.id,
          role: null,
          practiceId: null,
          termsVersion: null,
          stale: false,
        };
        return present(tx, session, row.lastSeenAt);
      });
    },

    async list(person: Person): Promise<SessionSummary[]> {
      const rows = await db.transaction((tx) => sessionRepository.list(tx, person.kind, person.id));
      return rows.map((row) => ({
        id: row.id,
        current: row.id === person.sessionId,
        createdAt: row.createdAt.toISOString(),
        lastSeenAt: row.lastSeenAt.toISOString(),
        device: row.device,
      }));
    },

    /** @throws ProblemError `not-found` for a session that is over or somebody else's */
    async end(person: Person, sessionId: string, origin: Origin): Promise<void> {
      await db.transaction(async (tx) => {
        if (!(await sessionRepository.end(tx, person.kind, person.id, sessionId))) throw notFound();
        await recordAudit(tx, person, origin, {
          action: 'session.end',
          resourceType: 'session',
          resourceId: sessionId,
        });
      });
      events.endSessions([sessionId]);
    },

    aliveAmong: (ids: readonly string[]): Promise<string[]> =>
      db.transaction((tx) => sessionRepository.aliveAmong(tx, ids)),

    /**
     * After a new password: every session of the account is over, and wrong guesses at the old one are forgotten.
     * Part of another module's transaction; pass the answer to `events.endSessions` after its commit.
     */
    async startOver(tx: Tx, portal: Portal, personId: string): Promise<string[]> {
      const { email } = await needs.me(tx, { kind: portal, id: personId });
      await sessionRepository.forgiveFailures(tx, keyOf(portal, email));
      return sessionRepository.endAll(tx, portal, personId);
    },

    /** Part of another module's transaction; pass the answer to `events.endSessions` after its commit. */
    endAll: (tx: Tx, portal: Portal, personId: string, exceptId?: string): Promise<string[]> =>
      sessionRepository.endAll(tx, portal, personId, exceptId),
  };
}

export type SessionService = ReturnType<typeof createSessionService>;

function actorOf(session: FoundSession): Person | undefined {
  const { id: sessionId, personId: id, role, practiceId, termsVersion } = session;
  if (session.portal === 'clinician' && role && practiceId)
    return { kind: 'clinician', id, role, practiceId, sessionId };
  if (session.portal === 'patient' && termsVersion) return { kind: 'patient', id, termsVersion, sessionId };
  return undefined;
}
