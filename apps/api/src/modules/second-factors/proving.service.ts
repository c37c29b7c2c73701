import type { FactorProof, PasskeyProof, PasskeyRequest, Portal, Verification } from '@casetalk/contract';
import type { Actor, Origin } from '../../actors.ts';
import type { Tx } from '../../db/database.ts';
import type { Dependencies } from '../../dependencies.ts';
import { stepOfCode } from '../../gateways/authenticator-codes.ts';
import { ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { peopleRepository } from '../people/index.ts';
import {
  type CodeFlow,
  destinationsOf,
  presentMethod,
  type VerificationService,
} from '../verifications/index.ts';
import { ceremonyRepository } from './ceremonies.repository.ts';
import { factorRepository } from './factors.repository.ts';
import type { Owner } from './owner.ts';
import { mustEnrol } from './second-factors.rules.ts';
import { authenticatorContext, recoveryCodeHash } from './seals.ts';

export type ProvingNeeds = Pick<Dependencies, 'db' | 'jobs' | 'passkeys' | 'sealer'> & {
  readonly verifications: VerificationService;
  /** Takes one try at codes from the person's budget, or from the device's where it is known. */
  readonly claimFactorTry: (
    portal: Portal,
    personId: string,
    deviceToken: string | undefined,
  ) => Promise<{ forgive(tx: Tx): Promise<void> }>;
};

/** In which exchange somebody proves a second factor, and who they say they are. */
export interface Exchange extends Owner {
  readonly id: string;
  /** The browser's device cookie. */
  readonly deviceToken: string | undefined;
  readonly by: Actor;
  readonly origin: Origin;
}

/** What a right proof leads to, in the transaction that uses the proof up. */
export type Won<T> = (tx: Tx) => Promise<T>;

const conflict = (): ProblemError => new ProblemError('state-conflict');
const codeFlowOf = (id: string): CodeFlow => ({ kind: 'secondFactor', id, ownerId: id });

/** Proves second factors, whatever for. */
export function createProvingService(needs: ProvingNeeds) {
  const { db, passkeys, sealer, verifications } = needs;

  async function numbersOf(tx: Tx, { portal, personId }: Owner) {
    const person = portal === 'patient' ? await peopleRepository.patient(tx, personId) : undefined;
    if (!person) return [];
    const { phone, phoneKind } = person;
    return destinationsOf({
      mobile: phoneKind === 'mobile' ? phone : null,
      landline: phoneKind === 'landline' ? phone : null,
    });
  }

  /** Uses a proof up and records it, together with what it leads to. A refusal is recorded too, and thrown afterwards. */
  async function settle<T>(
    { by, origin, portal, personId }: Exchange,
    isRight: boolean,
    use: (tx: Tx) => Promise<boolean>,
    won: Won<T>,
    refusal: ProblemError,
  ): Promise<T> {
    const outcome = await db.transaction(async (tx) => {
      const used = isRight && (await use(tx));
      await recordAudit(tx, by, origin, {
        action: 'secondFactor.prove',
        resourceType: portal,
        resourceId: personId,
        outcome: used ? 'success' : 'refused',
      });
      return used ? { value: await won(tx) } : undefined;
    });
    if (!outcome) throw refusal;
    return outcome.value;
  }

  async function byAuthenticator<T>(exchange: Exchange, code: string, won: Won<T>): Promise<T> {
    const [row, now] = await db.transaction(async (tx) => [
      await factorRepository.authenticator(tx, exchange),
      await factorRepository.now(tx),
    ]);
    if (!row) throw conflict();
    const attempt = await needs.claimFactorTry(exchange.portal, exchange.personId, exchange.deviceToken);
    const step = stepOfCode(sealer.open(row.sealedSecret, authenticatorContext(row.id)), code, now);
    return settle(
      exchange,
      step !== undefined,
      (tx) => factorRepository.useStep(tx, row.id, step ?? 0),
      async (tx) => {
        await attempt.forgive(tx);
        return won(tx);
      },
      new ProblemError('code-wrong'),
    );
  }

  async function byRecoveryCode<T>(exchange: Exchange, code: string, won: Won<T>): Promise<T> {
    const { portal, personId } = exchange;
    if (portal !== 'clinician') throw conflict();
    const attempt = await needs.claimFactorTry(portal, personId, exchange.deviceToken);
    return settle(
      exchange,
      true,
      async (tx) =>
        !mustEnrol(await factorRepository.facts(tx, exchange)) &&
        factorRepository.useRecoveryCode(tx, personId, recoveryCodeHash(sealer, personId, code)),
      async (tx) => {
        await attempt.forgive(tx);
        await needs.jobs.enqueue(tx, 'account.mail', { kind: 'recoveryCodeUsed', portal, personId });
        return won(tx);
      },
      new ProblemError('code-wrong'),
    );
  }

  /** Nobody guesses a signature: it costs no try, so that wrong codes never keep the owner of a passkey waiting. */
  async function byPasskey<T>(exchange: Exchange, given: PasskeyProof, won: Won<T>): Promise<T> {
    const refusal = new ProblemError('passkey-refused');
    const [challenge, row] = await db.transaction(async (tx) => {
      const own = await factorRepository.passkeys(tx, exchange);
      const credentialId = Buffer.from(given.id, 'base64url');
      return [
        await ceremonyRepository.takeChallenge(tx, exchange.id, 'proof'),
        own.find((passkey) => passkey.credentialId.equals(credentialId)),
      ];
    });
    const read =
      challenge && row ? await passkeys.readProof(exchange.portal, challenge, given, row) : undefined;
    return settle(
      exchange,
      read !== undefined,
      async (tx) => row !== undefined && read !== undefined && factorRepository.usePasskey(tx, row.id, read),
      won,
      refusal,
    );
  }

  async function byPhone<T>(exchange: Exchange, code: string, won: Won<T>): Promise<T> {
    const { portal, personId, by, origin } = exchange;
    if (portal !== 'patient') throw conflict();
    const attempt = await needs.claimFactorTry(portal, personId, exchange.deviceToken);
    let outcome: { readonly value: T } | undefined;
    await verifications.submit(by, origin, codeFlowOf(exchange.id), code, {
      async proved(tx, { phone }) {
        // The number may have been changed since the code left.
        if (!(await numbersOf(tx, exchange)).some((number) => number.phone === phone)) throw conflict();
        await recordAudit(tx, by, origin, {
          action: 'secondFactor.prove',
          resourceType: portal,
          resourceId: personId,
        });
        await attempt.forgive(tx);
        outcome = { value: await won(tx) };
      },
      // The next sign-in has a code of its own; tries at all of them are counted for the account.
      usedUp: async () => undefined,
    });
    if (!outcome) throw conflict();
    return outcome.value;
  }

  return {
    /**
     * Judges one proof. A try at a code is claimed and committed before anything is compared.
     * @throws ProblemError `code-wrong`, `passkey-refused`, `too-many-tries`; `state-conflict` for what is not set up
     */
    prove<T>(exchange: Exchange, proof: FactorProof, won: Won<T>): Promise<T> {
      if (proof.method === 'authenticator') return byAuthenticator(exchange, proof.code, won);
      if (proof.method === 'recoveryCode') return byRecoveryCode(exchange, proof.code, won);
      if (proof.method === 'passkey') return byPasskey(exchange, proof.credential, won);
      return byPhone(exchange, proof.code, won);
    },

    /** A new challenge for the person's passkeys; the one before it works no more. */
    async askForPasskey(exchange: Exchange): Promise<PasskeyRequest> {
      const own = await db.transaction((tx) => factorRepository.passkeys(tx, exchange));
      if (own.length === 0) throw conflict();
      const request = await passkeys.request(exchange.portal, own);
      const set = await db.transaction((tx) =>
        ceremonyRepository.setChallenge(tx, exchange.id, 'proof', request.challenge),
      );
      if (!set) throw conflict();
      return request;
    },

    /** Sends a code to the patient's own number, or the live one again. */
    async sendCode(exchange: Exchange, methodId: string): Promise<Verification> {
      const numbers = await db.transaction((tx) => numbersOf(tx, exchange));
      if (numbers.length === 0) throw conflict();
      const to = numbers.find((number) => number.methodId === methodId);
      if (!to) {
        throw new ProblemError('phone-refused', {
          errors: [{ pointer: '/methodId', in: 'body', detail: 'Choose one of the ways that are offered.' }],
        });
      }
      return verifications.send(exchange.by, exchange.origin, codeFlowOf(exchange.id), to);
    },

    /** The exchange's code that is on its way, if there is one. */
    currentCode: (tx: Tx, exchangeId: string) => verifications.current(tx, codeFlowOf(exchangeId)),

    /** Where a code can be sent, numbers masked. */
    deliveryOf: async (tx: Tx, owner: Owner) => (await numbersOf(tx, owner)).map(presentMethod),
  };
}

export type ProvingService = ReturnType<typeof createProvingService>;
