import type { createInvitationBody, Invitation } from '@casetalk/contract';
import type * as z from 'zod';
import type { ClinicianActor, Origin } from '../../actors.ts';
import { isUniqueViolation, type Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { once } from '../../db/once.ts';
import { claimRate } from '../../db/rate-counter.ts';
import type { Dependencies } from '../../dependencies.ts';
import type { Idempotency } from '../../plugins/contract-routes.ts';
import { notFound, ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import type { DataKey } from '../../vault/data-key.ts';
import { mayInvite } from './invitations.policy.ts';
import { presentInvitation } from './invitations.presenter.ts';
import { invitationRepository } from './invitations.repository.ts';
import { invitationRates } from './invitations.rules.ts';
import { talkOpeningRepository } from './talk-opening.repository.ts';

type CreateInvitation = z.output<typeof createInvitationBody>;

export type InvitationNeeds = Pick<Dependencies, 'db' | 'dataKeys' | 'events' | 'jobs' | 'phoneNumbers'>;

/** The key that was made is not that of the talk. */
class TalkBegunMeanwhile extends Error {}
const rounds = 3;

/** @throws ProblemError `too-many-requests` when the clinician has sent as many as may be */
export async function countInvitation(tx: Tx, clinicianId: string): Promise<void> {
  for (const rate of invitationRates(clinicianId)) {
    const retryAfterSeconds = await claimRate(tx, rate);
    if (retryAfterSeconds !== undefined) throw new ProblemError('too-many-requests', { retryAfterSeconds });
  }
}

/** @throws ProblemError `not-found` for anybody else's invitation, and on cases that the clinician no longer sees */
export async function presentOwn(tx: Tx, actor: ClinicianActor, id: string): Promise<Invitation> {
  const row = await invitationRepository.findOwn(tx, actor.id, id);
  if (!row) throw notFound();
  return presentInvitation(row);
}

/** Inviting, and looking at what became of it. */
export function createInvitationService({ db, dataKeys, events, jobs, phoneNumbers }: InvitationNeeds) {
  async function requireCase(tx: Tx, actor: ClinicianActor, caseId: string): Promise<void> {
    if (!mayInvite(actor) || !(await invitationRepository.seesCase(tx, caseId))) throw notFound();
  }

  /**
   * One transaction that has the key of the talk at hand, which may be about to begin: making a key may take its time, so
   * it is made before. When a twin of the request begins the talk in between, all is done again with the twin's key.
   */
  async function inKeyedTalk<T>(
    actor: ClinicianActor,
    caseId: string,
    work: (tx: Tx, key: DataKey) => Promise<T>,
  ): Promise<T> {
    for (let round = 1; ; round += 1) {
      const talkId = await db.as(actor, async (tx) => {
        await requireCase(tx, actor, caseId);
        return talkOpeningRepository.find(tx, caseId, actor.id);
      });
      const key = await dataKeys.ensure({ kind: 'talk', id: talkId ?? newId() });
      try {
        return await db.as(actor, async (tx) => {
          await requireCase(tx, actor, caseId);
          return work(tx, key);
        });
      } catch (error) {
        if (!(error instanceof TalkBegunMeanwhile)) throw error;
        if (round === rounds) throw new ProblemError('busy-try-again', { retryAfterSeconds: 1 });
      }
    }
  }

  return {
    /**
     * Invites the patient of a case to a talk with the actor. The answer is the same whether or not the address has an
     * account: nobody is looked up.
     */
    async create(
      actor: ClinicianActor,
      origin: Origin,
      idempotency: Idempotency,
      caseId: string,
      wanted: CreateInvitation,
    ): Promise<Invitation> {
      const phones = {
        mobile: wanted.mobile ? phoneNumbers.parse(wanted.mobile, 'mobile', '/mobile') : null,
        landline: wanted.landline ? phoneNumbers.parse(wanted.landline, 'landline', '/landline') : null,
      };
      try {
        const { invitation, repeated } = await inKeyedTalk(actor, caseId, async (tx, key) => {
          const { resourceId, repeated } = await once(tx, actor.id, idempotency, () =>
            insert(tx, key, actor, origin, caseId, { ...wanted, ...phones }),
          );
          return { invitation: await presentOwn(tx, actor, resourceId), repeated };
        });
        if (!repeated) {
          events.publish([actor.id], { type: 'invitation.changed', invitationId: invitation.id, caseId });
        }
        return invitation;
      } catch (error) {
        if (!isUniqueViolation(error, 'invitations_one_pending')) throw error;
        throw new ProblemError('already-exists', {
          detail:
            'You have already invited the patient of this case. Send that invitation again or correct it.',
        });
      }
    },

    listOwn: (actor: ClinicianActor, origin: Origin, caseId: string): Promise<Invitation[]> =>
      db.as(actor, async (tx) => {
        await requireCase(tx, actor, caseId);
        await recordAudit(tx, actor, origin, {
          action: 'invitation.list',
          resourceType: 'case',
          resourceId: caseId,
          caseId,
        });
        return (await invitationRepository.listOwn(tx, actor.id, caseId)).map(presentInvitation);
      }),

    get: (actor: ClinicianActor, origin: Origin, id: string): Promise<Invitation> =>
      db.as(actor, async (tx) => {
        const invitation = await presentOwn(tx, actor, id);
        await recordAudit(tx, actor, origin, auditOf('invitation.read', invitation));
        return invitation;
      }),
  };

  async function insert(
    tx: Tx,
    key: DataKey,
    actor: ClinicianActor,
    origin: Origin,
    caseId: string,
    wanted: Omit<CreateInvitation, 'mobile' | 'landline'> & {
      mobile: string | null;
      landline: string | null;
    },
  ): Promise<string> {
    await countInvitation(tx, actor.id);
    if (await invitationRepository.isClosed(tx, caseId)) {
      throw new ProblemError('state-conflict', {
        detail: 'This case is closed: nobody could write in the talk.',
      });
    }
    const practice = await invitationRepository.practice(tx, actor.practiceId);
    if (!practice) throw notFound();
    await invitationRepository.expireOverdue(tx, actor.id, caseId);
    const talk = await talkOpeningRepository.open(tx, key.ownerId, caseId, actor.id);
    if (talk.id !== key.ownerId) throw new TalkBegunMeanwhile();
    if (talk.patientId) {
      throw new ProblemError('state-conflict', { detail: 'The patient has joined this talk already.' });
    }
    const { firstMessage, email, mobile, landline, language } = wanted;
    const id = newId();
    await invitationRepository.create(tx, {
      id,
      caseId,
      talkId: talk.id,
      clinicianId: actor.id,
      practiceId: practice.id,
      lifeDays: practice.invitationLifeDays,
      email,
      mobile,
      landline,
      language,
    });
    const words = firstMessage.trim();
    if (words !== '' || !talk.lastMessageId) {
      const body = words === '' ? practice.welcome[language] : words;
      await talkOpeningRepository.leaveMessage(tx, key, { id: talk.id, caseId, clinicianId: actor.id }, body);
    }
    await recordAudit(tx, actor, origin, auditOf('invitation.create', { id, caseId, talkId: talk.id }));
    await jobs.enqueue(tx, 'invitation.mail', { invitationId: id, linkNumber: 1 });
    return id;
  }
}

export type InvitationService = ReturnType<typeof createInvitationService>;

/** The audit's view of an invitation. */
export const auditOf = (
  action: string,
  { id, caseId, talkId }: Pick<Invitation, 'id' | 'caseId' | 'talkId'>,
) => ({
  action,
  resourceType: 'invitation',
  resourceId: id,
  caseId,
  talkId,
});
