import type { PasswordReset, PersonalWords, Portal, Verification } from '@casetalk/contract';
import type { Origin, PasswordResetActor } from '../../actors.ts';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { claimRate } from '../../db/rate-counter.ts';
import type { Dependencies } from '../../dependencies.ts';
import { hashSecret, newSecret } from '../../gateways/random.ts';
import { ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { peopleRepository, requireGoodPassword } from '../people/index.ts';
import {
  type CodeFlow,
  destinationsOf,
  presentMethod,
  type VerificationService,
} from '../verifications/index.ts';
import { passwordResetRepository, type ResetFacts } from './password-resets.repository.ts';
import { requestRate, resetLinkStatus, resetStep } from './password-resets.rules.ts';

export type PasswordResetNeeds = Pick<Dependencies, 'db' | 'events' | 'hasher' | 'jobs' | 'sealer'> & {
  readonly verifications: VerificationService;
  readonly personalWords: (tx: Tx, portal: Portal, personId: string) => Promise<PersonalWords>;
  /** Ends every session of an account. @returns their ids, for the event hub once it is committed */
  readonly endAllSessions: (tx: Tx, portal: Portal, personId: string) => Promise<string[]>;
  /** The value of the device cookie that makes this browser known as the person's. */
  readonly rememberDevice: (portal: Portal, personId: string) => Promise<string>;
};

const conflict = (): ProblemError => new ProblemError('state-conflict');
const codeFlowOf = ({ id }: PasswordResetActor): CodeFlow => ({ kind: 'passwordReset', id, ownerId: id });

const destinations = ({ phone, phoneKind }: ResetFacts) =>
  destinationsOf({
    mobile: phoneKind === 'mobile' ? phone : null,
    landline: phoneKind === 'landline' ? phone : null,
  });

/** A forgotten password, in either portal: a link by email, then a code by text or call. */
export function createPasswordResetService(needs: PasswordResetNeeds) {
  const { db, events, hasher, jobs, sealer, verifications } = needs;

  async function factsOf(tx: Tx, actor: PasswordResetActor): Promise<ResetFacts> {
    const facts = await passwordResetRepository.find(tx, actor.id);
    if (!facts) throw conflict();
    return facts;
  }

  async function present(tx: Tx, actor: PasswordResetActor): Promise<PasswordReset> {
    const facts = await factsOf(tx, actor);
    const verification = await verifications.current(tx, codeFlowOf(actor));
    const verified = facts.verifiedAt !== null;
    return {
      step: resetStep({ used: facts.usedAt !== null, verified, codeUnderWay: verification !== null }),
      methods: verified ? [] : destinations(facts).map(presentMethod),
      verification: verified ? null : verification,
      expiresAt: (facts.flowExpiresAt ?? new Date(0)).toISOString(),
    };
  }

  const audit = (action: string, { id }: Pick<PasswordResetActor, 'id'>) => ({
    action,
    resourceType: 'passwordReset',
    resourceId: id,
  });

  return {
    /** Does the same work whether or not the address has an account; the mail is a job's business. */
    request: (portal: Portal, email: string, origin: Origin): Promise<void> =>
      db.transaction(async (tx) => {
        const fingerprint = sealer.fingerprint(`password-reset:${portal}:${email}`).toString('base64url');
        if ((await claimRate(tx, requestRate(fingerprint))) !== undefined) return;
        const id = newId();
        await passwordResetRepository.request(tx, id, portal, email);
        await recordAudit(tx, { kind: 'anyone' }, origin, audit('passwordReset.request', { id }));
        await jobs.enqueue(tx, 'passwordReset.mail', { passwordResetId: id });
      }),

    /** Who a flow cookie belongs to; undefined once the flow is over. */
    async resolveActor(portal: Portal, flowToken: string): Promise<PasswordResetActor | undefined> {
      const id = await db.transaction((tx) =>
        passwordResetRepository.touch(tx, portal, hashSecret(flowToken)),
      );
      return id ? { kind: 'passwordReset', id, portal } : undefined;
    },

    /** @returns the flow cookie's value, stored nowhere */
    async start(portal: Portal, token: string): Promise<{ secret: string; reset: PasswordReset }> {
      const { secret, hash } = newSecret();
      const reset = await db.transaction(async (tx) => {
        const found = await passwordResetRepository.byToken(tx, portal, hashSecret(token));
        const status = found ? resetLinkStatus(found) : 'unknown';
        if (!found || status !== 'usable') {
          throw new ProblemError('link-unusable', { linkStatus: status === 'usable' ? 'unknown' : status });
        }
        if (!(await passwordResetRepository.begin(tx, found.id, hash))) throw conflict();
        return present(tx, { kind: 'passwordReset', id: found.id, portal });
      });
      return { secret, reset };
    },

    get: (actor: PasswordResetActor): Promise<PasswordReset> => db.transaction((tx) => present(tx, actor)),

    async sendCode(actor: PasswordResetActor, origin: Origin, methodId: string): Promise<Verification> {
      const facts = await db.transaction((tx) => factsOf(tx, actor));
      if (facts.verifiedAt) throw conflict();
      const to = destinations(facts).find((one) => one.methodId === methodId);
      if (!to) {
        throw new ProblemError('phone-refused', {
          errors: [{ pointer: '/methodId', in: 'body', detail: 'Choose one of the ways that are offered.' }],
        });
      }
      return verifications.send(actor, origin, codeFlowOf(actor), to);
    },

    async submitCode(actor: PasswordResetActor, origin: Origin, code: string): Promise<PasswordReset> {
      const facts = await db.transaction((tx) => factsOf(tx, actor));
      if (facts.verifiedAt) throw conflict();
      await verifications.submit(actor, origin, codeFlowOf(actor), code, {
        async proved(tx) {
          if (!(await passwordResetRepository.markVerified(tx, actor.id))) throw conflict();
        },
        // A new reset can be asked for; nobody else has to act.
        usedUp: async () => undefined,
      });
      return db.transaction((tx) => present(tx, actor));
    },

    personalWords: (actor: PasswordResetActor): Promise<PersonalWords> =>
      db.transaction(async (tx) => {
        const facts = await factsOf(tx, actor);
        return needs.personalWords(tx, facts.portal, facts.personId);
      }),

    /**
     * Ends every session of the account and tells its owner; signs nobody in. No browser is known any more but this one, in
     * which the address and the phone were proved.
     * @returns the device cookie's value
     */
    async setPassword(actor: PasswordResetActor, origin: Origin, password: string): Promise<string> {
      const { facts, personal } = await db.transaction(async (tx) => {
        const facts = await factsOf(tx, actor);
        if (!facts.verifiedAt) throw conflict();
        return { facts, personal: await needs.personalWords(tx, facts.portal, facts.personId) };
      });
      requireGoodPassword(password, personal);
      const passwordHash = await hasher.hash(password);
      const { portal, personId } = facts;
      const ended = await db.transaction(async (tx) => {
        if (!(await passwordResetRepository.use(tx, actor.id))) throw conflict();
        await passwordResetRepository.endOthers(tx, portal, personId);
        await peopleRepository.setPassword(tx, portal, personId, passwordHash);
        await recordAudit(tx, actor, origin, audit('passwordReset.complete', actor));
        await jobs.enqueue(tx, 'account.mail', { kind: 'passwordChanged', portal, personId });
        return needs.endAllSessions(tx, portal, personId);
      });
      events.endSessions(ended);
      return needs.rememberDevice(portal, personId);
    },
  };
}

export type PasswordResetService = ReturnType<typeof createPasswordResetService>;
