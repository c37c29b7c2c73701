import type {
  AuthenticatorSetup,
  FactorProof,
  Freshness,
  NewPasskeyCredential,
  Passkey,
  PasskeyCreation,
  PasskeyRequest,
  Portal,
  SecondFactors,
  Verification,
} from '@casetalk/contract';
import type { ClinicianActor, Origin, Person } from '../../actors.ts';
import type { Tx } from '../../db/database.ts';
import type { Dependencies } from '../../dependencies.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { peopleRepository } from '../people/index.ts';
import type { Proof } from '../sessions/index.ts';
import { ceremonyRepository } from './ceremonies.repository.ts';
import type { EnrollingService } from './enrolling.service.ts';
import { factorRepository } from './factors.repository.ts';
import type { Exchange, ProvingNeeds, ProvingService } from './proving.service.ts';
import { mayResetFactors } from './second-factors.policy.ts';
import { presentPasskey } from './second-factors.presenter.ts';
import { mayRemoveOne, methodsOf } from './second-factors.rules.ts';

export type SecondFactorNeeds = Pick<ProvingNeeds, 'db' | 'jobs'> &
  Pick<Dependencies, 'events' | 'hasher'> & {
    readonly proving: ProvingService;
    readonly enrolling: EnrollingService;
    readonly claimPasswordTry: (
      portal: Portal,
      personId: string,
    ) => Promise<{ forgive(tx: Tx): Promise<void> }>;
    readonly freshness: (person: Person) => Promise<Freshness>;
    readonly requireFresh: (person: Person) => Promise<void>;
    readonly confirm: (tx: Tx, person: Person, proved: Readonly<Record<Proof, boolean>>) => Promise<string>;
    readonly startAnew: (tx: Tx, portal: Portal, personId: string) => Promise<string[]>;
  };

/** Somebody who is signed in, and the browser that they ask from. */
export interface Asking<P extends Person = Person> {
  readonly person: P;
  readonly origin: Origin;
  readonly deviceToken: string | undefined;
}

const ownerOf = ({ kind, id }: Person) => ({ portal: kind, personId: id });

/** A person's own second factors, and confirming again that it is them. */
export function createSecondFactorService(needs: SecondFactorNeeds) {
  const { db, enrolling, jobs, proving } = needs;

  async function exchangeOf({ person, origin, deviceToken }: Asking): Promise<Exchange> {
    const owner = ownerOf(person);
    const id = await db.transaction((tx) => ceremonyRepository.ofSession(tx, owner, person.sessionId));
    return { id, ...owner, deviceToken, by: person, origin };
  }

  const anyTime = async (): Promise<void> => undefined;

  async function list(person: Person): Promise<SecondFactors> {
    const owner = ownerOf(person);
    const freshness = await needs.freshness(person);
    return db.transaction(async (tx) => {
      const facts = await factorRepository.facts(tx, owner);
      const authenticator = await factorRepository.authenticator(tx, owner);
      const exchangeId = await ceremonyRepository.liveOfSession(tx, person.sessionId);
      return {
        authenticator: authenticator
          ? {
              createdAt: authenticator.createdAt.toISOString(),
              lastUsedAt: authenticator.lastUsedAt?.toISOString() ?? null,
            }
          : null,
        passkeys: (await factorRepository.passkeys(tx, owner)).map(presentPasskey),
        recoveryCodesLeft: person.kind === 'clinician' ? facts.recoveryCodesLeft : null,
        methods: methodsOf(facts),
        delivery: await proving.deliveryOf(tx, owner),
        verification: exchangeId === undefined ? null : await proving.currentCode(tx, exchangeId),
        freshness,
      };
    });
  }

  /** Records a change to a person's factors and tells them by mail. */
  async function tell(
    tx: Tx,
    { person, origin }: Asking,
    action: string,
    kind: 'authenticatorRemoved' | 'passkeyRemoved' | 'recoveryCodesRenewed',
  ): Promise<void> {
    const { kind: portal, id: personId } = person;
    await recordAudit(tx, person, origin, {
      action: `secondFactor.${action}`,
      resourceType: portal,
      resourceId: personId,
    });
    await jobs.enqueue(tx, 'account.mail', { kind, portal, personId });
  }

  async function requireAnother(tx: Tx, person: Person): Promise<void> {
    if (!mayRemoveOne(await factorRepository.holdFacts(tx, ownerOf(person)))) {
      throw new ProblemError('last-factor');
    }
  }

  return {
    list,

    /**
     * Confirms the password, a second factor or both.
     * @returns the session's new secret, stored nowhere, and until when it counts
     */
    async reauthenticate(
      asking: Asking,
      given: { password?: string | undefined; factor?: FactorProof | undefined },
    ): Promise<{ secret: string; freshness: Freshness }> {
      const { person, origin } = asking;
      const { password, factor } = given;
      if (password !== undefined) await provePassword(person, password);
      const confirm = async (tx: Tx): Promise<string> => {
        await recordAudit(tx, person, origin, {
          action: 'session.confirm',
          resourceType: 'session',
          resourceId: person.sessionId,
        });
        return needs.confirm(tx, person, { password: password !== undefined, factor: factor !== undefined });
      };
      const secret = factor
        ? await proving.prove(await exchangeOf(asking), factor, confirm)
        : await db.transaction(confirm);
      return { secret, freshness: await needs.freshness(person) };
    },

    askForPasskey: async (asking: Asking): Promise<PasskeyRequest> =>
      proving.askForPasskey(await exchangeOf(asking)),

    sendCode: async (asking: Asking, methodId: string): Promise<Verification> =>
      proving.sendCode(await exchangeOf(asking), methodId),

    async startAuthenticator(asking: Asking): Promise<AuthenticatorSetup> {
      await needs.requireFresh(asking.person);
      return enrolling.startAuthenticator(await exchangeOf(asking));
    },

    async confirmAuthenticator(asking: Asking, code: string): Promise<SecondFactors> {
      await needs.requireFresh(asking.person);
      await enrolling.confirmAuthenticator(await exchangeOf(asking), code, anyTime, anyTime);
      return list(asking.person);
    },

    async removeAuthenticator(asking: Asking): Promise<void> {
      const { person } = asking;
      await needs.requireFresh(person);
      await db.transaction(async (tx) => {
        const facts = await factorRepository.holdFacts(tx, ownerOf(person));
        if (!facts.hasAuthenticator) throw notFound();
        if (!mayRemoveOne(facts)) throw new ProblemError('last-factor');
        await factorRepository.removeAuthenticator(tx, ownerOf(person));
        await tell(tx, asking, 'removeAuthenticator', 'authenticatorRemoved');
      });
    },

    async startPasskey(asking: Asking): Promise<PasskeyCreation> {
      await needs.requireFresh(asking.person);
      return enrolling.startPasskey(await exchangeOf(asking));
    },

    async addPasskey(
      asking: Asking,
      given: { name: string; credential: NewPasskeyCredential },
    ): Promise<Passkey> {
      await needs.requireFresh(asking.person);
      const exchange = await exchangeOf(asking);
      return enrolling.addPasskey(exchange, given, anyTime, async (_tx, row) => presentPasskey(row));
    },

    async renamePasskey(asking: Asking, passkeyId: string, name: string): Promise<Passkey> {
      const { person } = asking;
      return db.transaction(async (tx) => {
        const row = await factorRepository.renamePasskey(tx, ownerOf(person), passkeyId, name);
        if (!row) throw notFound();
        return presentPasskey(row);
      });
    },

    async removePasskey(asking: Asking, passkeyId: string): Promise<void> {
      const { person } = asking;
      const own = await db.transaction((tx) => factorRepository.passkeys(tx, ownerOf(person)));
      if (!own.some(({ id }) => id === passkeyId)) throw notFound();
      await needs.requireFresh(person);
      await db.transaction(async (tx) => {
        await requireAnother(tx, person);
        if (!(await factorRepository.removePasskey(tx, ownerOf(person), passkeyId))) throw notFound();
        await tell(tx, asking, 'removePasskey', 'passkeyRemoved');
      });
    },

    async renewRecoveryCodes(asking: Asking<ClinicianActor>): Promise<{ recoveryCodes: string[] }> {
      const { person } = asking;
      await needs.requireFresh(person);
      return db.transaction(async (tx) => {
        const recoveryCodes = await enrolling.newRecoveryCodes(tx, person.id);
        await tell(tx, asking, 'renewRecoveryCodes', 'recoveryCodesRenewed');
        return { recoveryCodes };
      });
    },

    /** For a colleague who has lost them all: signs them out everywhere and lets them set up a new one. */
    async reset({ person, origin }: Asking<ClinicianActor>, clinicianId: string): Promise<void> {
      const colleague = await db.transaction((tx) => peopleRepository.clinician(tx, clinicianId));
      if (!colleague || !mayResetFactors(person, { id: colleague.id, practiceId: colleague.practice.id })) {
        throw notFound();
      }
      await needs.requireFresh(person);
      const owner = { portal: 'clinician', personId: clinicianId } as const;
      const ended = await db.transaction(async (tx) => {
        await factorRepository.holdFacts(tx, owner);
        await factorRepository.removeAll(tx, owner);
        await recordAudit(tx, person, origin, {
          action: 'secondFactor.reset',
          resourceType: 'clinician',
          resourceId: clinicianId,
        });
        await jobs.enqueue(tx, 'account.mail', { kind: 'secondFactorsReset', ...owner });
        return needs.startAnew(tx, 'clinician', clinicianId);
      });
      needs.events.endSessions(ended);
    },
  };

  async function provePassword(person: Person, password: string): Promise<void> {
    const attempt = await needs.claimPasswordTry(person.kind, person.id);
    const credential = await db.transaction((tx) =>
      peopleRepository.credentialById(tx, person.kind, person.id),
    );
    if (!(await needs.hasher.verify(password, credential?.passwordHash ?? null))) {
      throw new ProblemError('wrong-credentials');
    }
    await db.transaction((tx) => attempt.forgive(tx));
  }
}

export type SecondFactorService = ReturnType<typeof createSecondFactorService>;
