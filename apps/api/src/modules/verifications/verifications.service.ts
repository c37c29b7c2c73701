import { timingSafeEqual } from 'node:crypto';
import { limits, type Verification } from '@casetalk/contract';
import type { Actor, Origin } from '../../actors.ts';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import type { Dependencies } from '../../dependencies.ts';
import { newCode } from '../../gateways/random.ts';
import { networkOf } from '../../network.ts';
import { ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { type Budget, budgetRepository } from './budget.repository.ts';
import { sealContext } from './code-seal.ts';
import type { CodeFlow } from './flow.ts';
import { verificationRepository } from './verifications.repository.ts';
import {
  breakerLimit,
  type Destination,
  mustWait,
  presentVerification,
  sendCaps,
  sendRefusal,
  triesLeft,
} from './verifications.rules.ts';

export type VerificationNeeds = Pick<Dependencies, 'db' | 'jobs' | 'sealer' | 'settings'>;

/** Where a proved number stood. */
export type Proved = Pick<Destination, 'phone' | 'phoneKind'>;

/** What the flow does with its code's fate, in the same transaction. */
export interface CodeOutcome {
  /** The number is proved. */
  proved(tx: Tx, number: Proved): Promise<void>;
  /** The last try of all is gone: only the clinician, or a new reset, can go on. */
  usedUp(tx: Tx): Promise<void>;
}

/** Secret codes by text and call, for whichever flow asks. */
export function createVerificationService({ db, jobs, sealer, settings }: VerificationNeeds) {
  /** @throws ProblemError `too-many-tries`; without a time when waiting does not help */
  function requireTries(budget: Budget | undefined): Budget {
    if (!budget || budget.triesUsed >= limits.codeTriesPerInvitation)
      throw new ProblemError('too-many-tries');
    if (budget.lockedSeconds !== null) {
      throw new ProblemError('too-many-tries', { retryAfterSeconds: budget.lockedSeconds });
    }
    return budget;
  }

  async function requireRoom(tx: Tx, flow: CodeFlow, to: Destination, phoneHash: Buffer, network: string) {
    await verificationRepository.queueUp(tx, phoneHash, network);
    const counted = await verificationRepository.countSends(tx, phoneHash, network);
    const retryAfterSeconds = sendRefusal({
      ...counted,
      channel: to.channel,
      networkCap: settings.CODES_PER_NETWORK,
    });
    if (retryAfterSeconds !== undefined) throw new ProblemError('too-many-requests', { retryAfterSeconds });
    const traffic = await verificationRepository.traffic(tx);
    if (traffic.lastHour >= breakerLimit(traffic.busiest, settings.CODES_PER_HOUR)) {
      // Answered as 503, and so logged as an error: somebody has to look before more money leaves.
      throw new ProblemError('unavailable', {
        detail: 'Far more codes than usual were asked for. Sending is paused.',
        retryAfterSeconds: 600,
      });
    }
    if (!(await budgetRepository.claimSend(tx, flow, sendCaps.perFlow))) {
      throw new ProblemError('too-many-requests');
    }
  }

  return {
    /** The flow's live code, if it has one. */
    async current(tx: Tx, flow: CodeFlow): Promise<Verification | null> {
      const live = await verificationRepository.live(tx, flow);
      if (!live) return null;
      const budget = await budgetRepository.read(tx, flow);
      return presentVerification(live, budget?.triesUsed ?? 0);
    },

    /**
     * Sends a code, or the live one again, also to another of the invitation's numbers: late messages then still work. Within the cool-down nothing is sent, unless
     * the message before failed and this is another way, and the answer says when asking helps. The message itself leaves after the commit.
     */
    send: (actor: Actor, origin: Origin, flow: CodeFlow, to: Destination): Promise<Verification> =>
      db.transaction(async (tx) => {
        const budget = requireTries(await budgetRepository.hold(tx, flow));
        const live = await verificationRepository.live(tx, flow);
        if (live && mustWait(live, to)) return presentVerification(live, budget.triesUsed);
        const network = networkOf(origin.ip);
        const phoneHash = sealer.fingerprint(`phone:${to.phone}`);
        await requireRoom(tx, flow, to, phoneHash, network);
        const verificationId = live?.id ?? newId();
        const repeated = live && (await verificationRepository.repeat(tx, live.id, to));
        if (!live) {
          const sealed = sealer.seal(newCode(), sealContext(verificationId));
          await verificationRepository.create(tx, flow, verificationId, sealed, to);
        }
        await verificationRepository.recordSend(tx, {
          verificationId,
          phoneHash,
          network,
          channel: to.channel,
        });
        await recordAudit(tx, actor, origin, {
          action: 'code.send',
          resourceType: 'verification',
          resourceId: verificationId,
        });
        await jobs.enqueue(tx, 'code.send', { verificationId, sendNumber: repeated ?? 1 });
        const sent = await verificationRepository.live(tx, flow);
        if (!sent) throw new ProblemError('state-conflict');
        return presentVerification(sent, budget.triesUsed);
      }),

    /**
     * Judges a code. The try is claimed and committed before anything is compared, so that no number of parallel guesses is
     * judged more often than the budget allows. Wrong, over and unknown read the same.
     * @throws ProblemError `code-wrong`, `too-many-tries`
     */
    async submit(
      actor: Actor,
      origin: Origin,
      flow: CodeFlow,
      code: string,
      outcome: CodeOutcome,
    ): Promise<void> {
      const claim = await db.transaction((tx) => claimTry(tx, flow));
      if (!claim.code) throw new ProblemError('code-wrong', { triesLeft: claim.left });
      const expected = Buffer.from(sealer.open(claim.code.sealedCode, sealContext(claim.code.id)));
      const given = Buffer.from(code);
      const isRight = given.length === expected.length && timingSafeEqual(given, expected);
      const { phone, phoneKind, id } = claim.code;
      const refusal = await db.transaction(async (tx) => {
        await budgetRepository.hold(tx, flow);
        const won = isRight && (await verificationRepository.consume(tx, id));
        await recordAudit(tx, actor, origin, {
          action: 'code.submit',
          resourceType: 'verification',
          resourceId: id,
          outcome: won ? 'success' : 'refused',
        });
        if (won) {
          await budgetRepository.giveTryBack(tx, flow);
          await outcome.proved(tx, { phone, phoneKind });
          return undefined;
        }
        return refuse(tx, flow, claim, outcome);
      });
      if (refusal) throw refusal;
    },

    /**
     * Changes where a flow's codes go, and ends the ones that went elsewhere. Holds the owner meanwhile: the owner's row is always
     * locked before the flow's and the code's.
     */
    async redirect(tx: Tx, flow: CodeFlow, change: () => Promise<{ isNew: boolean }>): Promise<void> {
      await budgetRepository.hold(tx, flow);
      const { isNew } = await change();
      if (isNew) await verificationRepository.endAll(tx, flow);
    },
  };

  interface Claim {
    readonly code?: NonNullable<Awaited<ReturnType<typeof verificationRepository.claimTry>>>;
    readonly usedOnFlow: number;
    readonly left: number;
  }

  /** The owner's row first: whoever tries at the same moment waits on it and then sees the new count. */
  async function claimTry(tx: Tx, flow: CodeFlow): Promise<Claim> {
    const usedOnFlow = await budgetRepository.claimTry(tx, flow);
    if (usedOnFlow === undefined) {
      requireTries(await budgetRepository.read(tx, flow));
      throw new ProblemError('too-many-tries');
    }
    const code = await verificationRepository.claimTry(tx, flow);
    if (code) return { code, usedOnFlow, left: triesLeft(code.triesUsed, usedOnFlow) };
    // There is no code to guess: nothing was tried, so nothing is paid.
    await budgetRepository.giveTryBack(tx, flow);
    return { usedOnFlow: usedOnFlow - 1, left: triesLeft(0, usedOnFlow - 1) };
  }

  async function refuse(tx: Tx, flow: CodeFlow, claim: Claim, outcome: CodeOutcome): Promise<ProblemError> {
    if (claim.usedOnFlow >= limits.codeTriesPerInvitation) {
      await outcome.usedUp(tx);
      return new ProblemError('too-many-tries', { triesLeft: 0 });
    }
    if (claim.left > 0) return new ProblemError('code-wrong', { triesLeft: claim.left });
    await budgetRepository.lock(tx, flow);
    return new ProblemError('too-many-tries', { triesLeft: 0, retryAfterSeconds: limits.codeLockSeconds });
  }
}

export type VerificationService = ReturnType<typeof createVerificationService>;
