import type {
  EnrolledSession,
  FactorProof,
  NewPasskeyCredential,
  Portal,
  Session,
  SignInProgress,
} from '@casetalk/contract';
import type { SignInActor } from '../../actors.ts';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { hashSecret, newSecret } from '../../gateways/random.ts';
import { ProblemError } from '../../problem-error.ts';
import type { BegunSession } from '../sessions/index.ts';
import { ceremonyRepository } from './ceremonies.repository.ts';
import type { EnrollingService } from './enrolling.service.ts';
import { factorRepository } from './factors.repository.ts';
import type { Owner } from './owner.ts';
import { type Exchange, type ProvingNeeds, type ProvingService } from './proving.service.ts';
import { enrolmentMethods, methodsOf, mustEnrol, stepOf } from './second-factors.rules.ts';

export type SignInNeeds = Pick<ProvingNeeds, 'db'> & {
  readonly proving: ProvingService;
  readonly enrolling: EnrollingService;
  /** Begins the session that a finished sign-in leads to. */
  readonly beginSession: (
    tx: Tx,
    session: Owner & { readonly origin: Exchange['origin']; readonly device: string },
  ) => Promise<BegunSession>;
  /** What only counts once the session's transaction is committed. @returns the device cookie's value */
  readonly welcome: (begun: BegunSession, deviceToken: string | undefined) => Promise<string>;
};

/** The cookies and the session that a finished sign-in hands out. */
export interface FinishedSignIn {
  readonly secret: string;
  readonly deviceToken: string;
  readonly session: Session;
}

const conflict = (): ProblemError => new ProblemError('state-conflict');

/** Sign-ins whose password was right, from there to the session. */
export function createSignInService(needs: SignInNeeds) {
  const { db, enrolling, proving } = needs;

  async function present(tx: Tx, owner: Owner, id: string): Promise<SignInProgress> {
    const ceremony = await ceremonyRepository.find(tx, id);
    if (!ceremony) throw new ProblemError('unauthenticated');
    const facts = await factorRepository.facts(tx, owner);
    return {
      step: stepOf(facts),
      methods: mustEnrol(facts) ? [...enrolmentMethods] : methodsOf(facts),
      delivery: await proving.deliveryOf(tx, owner),
      verification: await proving.currentCode(tx, id),
      expiresAt: ceremony.expiresAt.toISOString(),
    };
  }

  /** Ends the sign-in and begins its session: one sign-in, one session. */
  const begin =
    (exchange: Exchange) =>
    async (tx: Tx): Promise<BegunSession> => {
      const ceremony = await ceremonyRepository.find(tx, exchange.id);
      if (!ceremony || !(await ceremonyRepository.end(tx, exchange.id))) throw conflict();
      const { portal, personId, origin } = exchange;
      return needs.beginSession(tx, { portal, personId, origin, device: ceremony.device ?? '' });
    };

  /** Only somebody who has nothing yet: looked at again while nobody else can set something up. */
  const onlyFirst =
    (exchange: Exchange) =>
    async (tx: Tx): Promise<void> => {
      if (!mustEnrol(await factorRepository.holdFacts(tx, exchange))) throw conflict();
    };

  const beginEnrolled = (exchange: Exchange) => async (tx: Tx) => ({
    recoveryCodes: await enrolling.newRecoveryCodes(tx, exchange.personId),
    begun: await begin(exchange)(tx),
  });

  async function finish(begun: BegunSession, { deviceToken }: Exchange): Promise<FinishedSignIn> {
    return {
      secret: begun.secret,
      session: begun.session,
      deviceToken: await needs.welcome(begun, deviceToken),
    };
  }

  async function finishEnrolled(
    { begun, recoveryCodes }: { begun: BegunSession; recoveryCodes: string[] },
    exchange: Exchange,
  ): Promise<FinishedSignIn & { readonly enrolled: EnrolledSession }> {
    const finished = await finish(begun, exchange);
    return { ...finished, enrolled: { session: begun.session, recoveryCodes } };
  }

  const requireEnrolment = (exchange: Exchange): Promise<void> => db.transaction(onlyFirst(exchange));

  return {
    /** Part of the sign-in's transaction. @returns the cookie's value, stored nowhere, and where it stands */
    async start(tx: Tx, owner: Owner, device: string): Promise<{ secret: string; progress: SignInProgress }> {
      const { secret, hash } = newSecret();
      const id = newId();
      await ceremonyRepository.beginSignIn(tx, owner, { id, tokenHash: hash, device });
      return { secret, progress: await present(tx, owner, id) };
    },

    /** Who a sign-in's cookie belongs to; undefined once it is over. */
    async resolveActor(portal: Portal, token: string): Promise<SignInActor | undefined> {
      const found = await db.transaction((tx) =>
        ceremonyRepository.resolveSignIn(tx, portal, hashSecret(token)),
      );
      return found && { kind: 'signIn', portal, ...found };
    },

    get: (actor: SignInActor): Promise<SignInProgress> =>
      db.transaction((tx) => present(tx, actor, actor.id)),

    async cancel(actor: SignInActor): Promise<void> {
      await db.transaction((tx) => ceremonyRepository.end(tx, actor.id));
    },

    askForPasskey: (exchange: Exchange) => proving.askForPasskey(exchange),
    sendCode: (exchange: Exchange, methodId: string) => proving.sendCode(exchange, methodId),

    prove: async (exchange: Exchange, proof: FactorProof): Promise<FinishedSignIn> =>
      finish(await proving.prove(exchange, proof, begin(exchange)), exchange),

    async startAuthenticator(exchange: Exchange) {
      await requireEnrolment(exchange);
      return enrolling.startAuthenticator(exchange);
    },

    confirmAuthenticator: async (exchange: Exchange, code: string) =>
      finishEnrolled(
        await enrolling.confirmAuthenticator(exchange, code, onlyFirst(exchange), beginEnrolled(exchange)),
        exchange,
      ),

    async startPasskey(exchange: Exchange) {
      await requireEnrolment(exchange);
      return enrolling.startPasskey(exchange);
    },

    enrolPasskey: async (exchange: Exchange, given: { name: string; credential: NewPasskeyCredential }) =>
      finishEnrolled(
        await enrolling.addPasskey(exchange, given, onlyFirst(exchange), beginEnrolled(exchange)),
        exchange,
      ),
  };
}

export type SignInService = ReturnType<typeof createSignInService>;
