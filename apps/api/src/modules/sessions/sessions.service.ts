import type { Me, Portal, Session, SessionSummary, SignInProgress } from '@casetalk/contract';
import type { Origin, Person } from '../../actors.ts';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { hashSecret, newSecret } from '../../gateways/random.ts';
import type { Sealer } from '../../gateways/sealer.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import type { EventHub } from '../events/index.ts';
import { createPasswordCheck, type PasswordCheckNeeds } from './password-check.ts';
import { createSessionProofs } from './session-proofs.ts';
import { createSessionResolver } from './session-resolver.ts';
import { deviceOf, knownDeviceSeconds, sessionRules } from './sessions.rules.ts';
import { type LiveSession, sessionRepository } from './sessions.repository.ts';

export interface SessionNeeds extends Omit<PasswordCheckNeeds, 'claimTry'> {
  readonly events: EventHub;
  readonly sealer: Sealer;
  readonly me: (tx: Tx, person: { kind: Portal; id: string }) => Promise<Me>;
  /** Begins a sign-in that waits for its second factor. @returns its cookie's value and where it stands */
  readonly startSignIn: (
    tx: Tx,
    owner: { portal: Portal; personId: string },
    device: string,
  ) => Promise<{ secret: string; progress: SignInProgress }>;
  /** Ends the sign-ins that wait: the password that they began with is no longer the password. */
  readonly endSignIns: (tx: Tx, owner: { portal: Portal; personId: string }) => Promise<void>;
  /** Makes strangers of the browsers that an account was signed in with. */
  readonly forgetDevices: (tx: Tx, portal: Portal, personId: string) => Promise<void>;
}

/** What a browser says of itself, and the cookies that it brings. */
export interface Browser {
  readonly userAgent: string | undefined;
  readonly deviceToken: string | undefined;
  readonly sessionToken: string | undefined;
}

interface NewSession {
  readonly portal: Portal;
  readonly personId: string;
  readonly origin: Origin;
  /** What its owner recognises it by. */
  readonly device: string;
  readonly factorProved: boolean;
}

/** A session whose transaction is still to be committed. */
export interface BegunSession {
  readonly portal: Portal;
  readonly personId: string;
  readonly secret: string;
  readonly session: Session;
  /** Sessions that had to make room. */
  readonly ended: string[];
}

export type SignInAnswer =
  | {
      readonly kind: 'signedIn';
      readonly secret: string;
      readonly deviceToken: string;
      readonly session: Session;
    }
  | { readonly kind: 'waiting'; readonly secret: string; readonly progress: SignInProgress };

type PresentedSession = Pick<LiveSession, 'id' | 'portal' | 'personId' | 'expiresAt'>;

export function createSessionService(needs: SessionNeeds, onTouchError: (error: unknown) => void) {
  const { db, events } = needs;

  async function present(tx: Tx, session: PresentedSession, lastSeenAt: Date): Promise<Session> {
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

  const passwordCheck = createPasswordCheck({
    ...needs,
    claimTry: (portal, subject) => claimTry(keyOf(portal, subject)),
  });

  /** Whoever signs in anew has left the session that the browser still holds. */
  async function endBefore(tx: Tx, portal: Portal, { sessionToken }: Browser): Promise<string[]> {
    return sessionToken ? sessionRepository.endByToken(tx, portal, hashSecret(sessionToken)) : [];
  }

  /** Begins a session, under a secret of its own, and ends the oldest where there are too many. */
  async function begin(tx: Tx, { origin, device, ...of }: NewSession): Promise<BegunSession> {
    const { portal, personId } = of;
    const { secret, hash } = newSecret();
    const id = newId();
    await sessionRepository.create(tx, { ...of, id, tokenHash: hash, device });
    const ended = await sessionRepository.endOldest(tx, portal, personId);
    await recordAudit(tx, { kind: portal, id: personId } as Person, origin, {
      action: 'session.begin',
      resourceType: 'session',
      resourceId: id,
    });
    const row = await sessionRepository.find(tx, portal, hash);
    if (!row) throw new ProblemError('wrong-credentials');
    return { portal, personId, secret, ended, session: await present(tx, row, row.lastSeenAt) };
  }

  /** What only counts once the session is committed. @returns the value of the device's cookie: from now on it is known */
  async function welcome(
    { ended, portal, personId }: BegunSession,
    deviceToken: string | undefined,
  ): Promise<string> {
    events.endSessions(ended);
    const device = await needs.knownDevices.recognise(portal, deviceToken ?? '');
    const known = device?.personId === personId ? device : undefined;
    return needs.knownDevices.remember(portal, personId, knownDeviceSeconds, known);
  }

  const keyOf = (portal: Portal, subject: string): string =>
    needs.sealer.fingerprint(`sign-in:${portal}:${subject}`).toString('base64url');

  async function startAnew(tx: Tx, portal: Portal, personId: string): Promise<string[]> {
    await sessionRepository.forgiveFailures(tx, keyOf(portal, `second factor:${personId}`));
    await needs.endSignIns(tx, { portal, personId });
    await needs.forgetDevices(tx, portal, personId);
    return sessionRepository.endAll(tx, portal, personId);
  }

  return {
    claimPasswordTry: (portal: Portal, personId: string) => claimTry(keyOf(portal, personId)),

    /** Tries at a person's codes; a known device's are counted apart, so that a stranger never keeps the owner waiting. */
    async claimFactorTry(portal: Portal, personId: string, deviceToken: string | undefined) {
      const device = await needs.knownDevices.recognise(portal, deviceToken ?? '');
      const known = device?.personId === personId;
      return claimTry(keyOf(portal, `second factor:${known ? device.deviceId : personId}`));
    },

    begin,
    welcome,

    /**
     * Checks an email and password. Begins a session, or, where a second factor is asked for, a sign-in that waits for it:
     * of clinicians always, of patients in a browser that is not known. Unknown addresses cost the same work and count the
     * same tries. A browser in which the account was signed in to before has a budget of its own, so that a stranger's
     * guesses never keep the owner out.
     * @returns the values of the cookies, stored nowhere
     */
    async signIn(
      portal: Portal,
      credentials: { email: string; password: string },
      origin: Origin,
      browser: Browser,
    ): Promise<SignInAnswer> {
      const { account, known, attempt } = await passwordCheck(
        portal,
        credentials,
        origin,
        browser.deviceToken,
      );
      const owner = { portal, personId: account.id };
      const name = deviceOf(browser.userAgent);
      if (portal === 'clinician' || !known) {
        const { ended, ...waiting } = await db.transaction(async (tx) => {
          await attempt.forgive(tx);
          const before = await endBefore(tx, portal, browser);
          await recordAudit(tx, { kind: portal, id: account.id } as Person, origin, {
            action: 'signIn.begin',
            resourceType: portal,
            resourceId: account.id,
          });
          return { ended: before, ...(await needs.startSignIn(tx, owner, name)) };
        });
        events.endSessions(ended);
        return { kind: 'waiting', ...waiting };
      }
      const begun = await db.transaction(async (tx) => {
        await attempt.forgive(tx);
        const before = await endBefore(tx, portal, browser);
        const session = await begin(tx, { ...owner, origin, device: name, factorProved: false });
        return { ...session, ended: [...before, ...session.ended] };
      });
      const deviceToken = await welcome(begun, browser.deviceToken);
      return { kind: 'signedIn', secret: begun.secret, session: begun.session, deviceToken };
    },

    ...createSessionProofs(db),

    resolve: createSessionResolver(db, events, onTouchError),

    async current(person: Person, renew: boolean): Promise<Session> {
      return db.transaction(async (tx) => {
        if (renew) await sessionRepository.touch(tx, person.sessionId);
        const row = (await sessionRepository.list(tx, person.kind, person.id)).find(
          ({ id }) => id === person.sessionId,
        );
        if (!row) throw new ProblemError('unauthenticated');
        return present(tx, { ...row, personId: person.id }, row.lastSeenAt);
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
     * After a new password: every session of the account is over, browsers have to become known anew, and wrong guesses
     * are forgotten.
     * Part of another module's transaction; pass the answer to `events.endSessions` after its commit.
     */
    async startOver(tx: Tx, portal: Portal, personId: string): Promise<string[]> {
      const { email } = await needs.me(tx, { kind: portal, id: personId });
      await sessionRepository.forgiveFailures(tx, keyOf(portal, email));
      return startAnew(tx, portal, personId);
    },

    /**
     * After a colleague's factors were reset: every session of the account is over. Part of another module's transaction;
     * pass the answer to `events.endSessions` after its commit.
     */
    startAnew,

    /** Part of another module's transaction; pass the answer to `events.endSessions` after its commit. */
    async endAll(tx: Tx, portal: Portal, personId: string, exceptId?: string): Promise<string[]> {
      await needs.endSignIns(tx, { portal, personId });
      return sessionRepository.endAll(tx, portal, personId, exceptId);
    },
  };
}

export type SessionService = ReturnType<typeof createSessionService>;
