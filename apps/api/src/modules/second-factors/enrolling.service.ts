import {
  type AuthenticatorSetup,
  limits,
  type NewPasskeyCredential,
  type PasskeyCreation,
} from '@casetalk/contract';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { newSetupKey, setupUri, stepOfCode } from '../../gateways/authenticator-codes.ts';
import { newRecoveryCode } from '../../gateways/random.ts';
import { ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { peopleRepository } from '../people/index.ts';
import { ceremonyRepository } from './ceremonies.repository.ts';
import { factorRepository, type PasskeyRow } from './factors.repository.ts';
import type { Exchange, ProvingNeeds } from './proving.service.ts';
import { mayAddPasskey, writtenCode } from './second-factors.rules.ts';
import { authenticatorContext, recoveryCodeHash, setupContext } from './seals.ts';

const conflict = (): ProblemError => new ProblemError('state-conflict');

/** Sets second factors up, at the first sign-in or later. */
export function createEnrollingService({ db, jobs, passkeys, sealer, claimFactorTry }: ProvingNeeds) {
  async function record({ by, origin, portal, personId }: Exchange, tx: Tx, what: string): Promise<void> {
    const action = `secondFactor.${what}`;
    await recordAudit(tx, by, origin, { action, resourceType: portal, resourceId: personId });
  }

  return {
    /** The setup key of this exchange: the same one until it has given its first code. */
    startAuthenticator: (exchange: Exchange): Promise<AuthenticatorSetup> =>
      db.transaction(async (tx) => {
        const context = setupContext(exchange.id);
        const kept = await ceremonyRepository.keepSecret(
          tx,
          exchange.id,
          sealer.seal(newSetupKey(), context),
        );
        const { email } = await peopleRepository.account(tx, exchange.portal, exchange.personId);
        if (!kept?.sealedSecret) throw conflict();
        const setupKey = sealer.open(kept.sealedSecret, context);
        return { setupKey, uri: setupUri(setupKey, email), expiresAt: kept.expiresAt.toISOString() };
      }),

    /**
     * Keeps the authenticator app once it gives the right code, in the place of the one before.
     * @param allowed throws, inside the transaction, when it must not be kept after all
     */
    async confirmAuthenticator<T>(
      exchange: Exchange,
      code: string,
      allowed: (tx: Tx) => Promise<void>,
      kept: (tx: Tx) => Promise<T>,
    ): Promise<T> {
      const { portal, personId } = exchange;
      const [pending, now] = await db.transaction(async (tx) => [
        await ceremonyRepository.find(tx, exchange.id),
        await factorRepository.now(tx),
      ]);
      if (!pending?.sealedSecret) throw conflict();
      const attempt = await claimFactorTry(portal, personId, exchange.deviceToken);
      const setupKey = sealer.open(pending.sealedSecret, setupContext(exchange.id));
      const step = stepOfCode(setupKey, code, now);
      if (step === undefined) throw new ProblemError('code-wrong');
      return db.transaction(async (tx) => {
        await allowed(tx);
        if (!(await ceremonyRepository.takeSecret(tx, exchange.id))) throw conflict();
        await attempt.forgive(tx);
        const id = newId();
        const sealedSecret = sealer.seal(setupKey, authenticatorContext(id));
        await factorRepository.putAuthenticator(tx, exchange, { id, sealedSecret, lastStep: step });
        await record(exchange, tx, 'addAuthenticator');
        await jobs.enqueue(tx, 'account.mail', { kind: 'authenticatorAdded', portal, personId });
        return kept(tx);
      });
    },

    /** What the browser needs to make a passkey; the challenge before it works no more. */
    async startPasskey(exchange: Exchange): Promise<PasskeyCreation> {
      const { portal, personId } = exchange;
      const [own, account] = await db.transaction(async (tx) => [
        await factorRepository.passkeys(tx, exchange),
        await peopleRepository.account(tx, portal, personId),
      ]);
      const creation = await passkeys.creation(portal, { id: personId, ...account }, own);
      const set = await db.transaction((tx) =>
        ceremonyRepository.setChallenge(tx, exchange.id, 'creation', creation.challenge),
      );
      if (!set) throw conflict();
      return creation;
    },

    /**
     * Keeps a new passkey.
     * @param allowed throws, inside the transaction, when it must not be kept after all
     */
    async addPasskey<T>(
      exchange: Exchange,
      given: { readonly name: string; readonly credential: NewPasskeyCredential },
      allowed: (tx: Tx) => Promise<void>,
      kept: (tx: Tx, passkey: PasskeyRow) => Promise<T>,
    ): Promise<T> {
      const { portal, personId } = exchange;
      const challenge = await db.transaction((tx) =>
        ceremonyRepository.takeChallenge(tx, exchange.id, 'creation'),
      );
      const passkey = challenge && (await passkeys.readNew(portal, challenge, given.credential));
      if (!passkey) throw new ProblemError('passkey-refused');
      return db.transaction(async (tx) => {
        await allowed(tx);
        if (!mayAddPasskey(await factorRepository.holdFacts(tx, exchange))) throw conflict();
        const row = await factorRepository.addPasskey(tx, exchange, given.name, passkey);
        if (!row) throw new ProblemError('passkey-refused');
        await record(exchange, tx, 'addPasskey');
        await jobs.enqueue(tx, 'account.mail', { kind: 'passkeyAdded', portal, personId });
        return kept(tx, row);
      });
    },

    /** Ten new recovery codes; those before stop working. Shown to their owner now, kept as keyed hashes. */
    async newRecoveryCodes(tx: Tx, clinicianId: string): Promise<string[]> {
      const codes = Array.from({ length: limits.recoveryCodes }, newRecoveryCode);
      const hashes = codes.map((code) => recoveryCodeHash(sealer, clinicianId, code));
      await factorRepository.replaceRecoveryCodes(tx, clinicianId, hashes);
      return codes.map(writtenCode);
    },
  };
}

export type EnrollingService = ReturnType<typeof createEnrollingService>;
