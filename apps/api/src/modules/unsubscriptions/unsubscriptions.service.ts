import type { Portal, Unsubscription } from '@casetalk/contract';
import type { Origin } from '../../actors.ts';
import type { Dependencies } from '../../dependencies.ts';
import { notFound } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { reminderStopRepository } from '../invitations/index.ts';
import { noticeChoicesRepository } from '../notice-choices/index.ts';
import { type Addressed, openUnsubscribeToken, printOf, unsubscribePage } from '../notifications/index.ts';
import { unsubscriptionRepository } from './unsubscriptions.repository.ts';

export type UnsubscriptionNeeds = Pick<Dependencies, 'db' | 'events' | 'sealer' | 'settings'>;

const nobody = { kind: 'anyone' } as const;

/**
 * Mails that can be stopped from their foot, without signing in. A token is good for the address that it was mailed to
 * alone; whatever else is sent, or was found in another's old mailbox, is answered like something that does not exist.
 */
export function createUnsubscriptionService({ db, events, sealer, settings }: UnsubscriptionNeeds) {
  /** @throws ProblemError `not-found` */
  function open(token: string): Addressed {
    const addressed = openUnsubscribeToken(sealer, token);
    if (!addressed) throw notFound();
    return addressed;
  }

  /** @throws ProblemError `not-found` */
  function requireReader(found: { readonly email: string } | undefined, { addressPrint }: Addressed): void {
    if (!found || printOf(sealer, found.email) !== addressPrint) throw notFound();
  }

  async function ofNotices(
    addressed: Addressed,
    person: { readonly kind: Portal; readonly id: string },
    change?: { readonly stopped: boolean; readonly origin: Origin },
  ): Promise<Unsubscription> {
    return db.as(person, async (tx) => {
      const found = await unsubscriptionRepository.person(tx, person);
      requireReader(found, addressed);
      if (!found) throw notFound();
      const isStopped = (await noticeChoicesRepository.find(tx, person))?.channel === 'none';
      if (change && change.stopped !== isStopped) {
        await noticeChoicesRepository.keepChannel(tx, person, change.stopped ? 'none' : 'email');
        await recordAudit(tx, nobody, change.origin, {
          action: change.stopped ? 'notices.stop' : 'notices.resume',
          resourceType: person.kind,
          resourceId: person.id,
        });
      }
      const { language, practice } = found;
      return { mails: 'notices', stopped: change?.stopped ?? isStopped, language, practice };
    });
  }

  async function ofReminders(
    addressed: Addressed,
    invitationId: string,
    change?: { readonly stopped: boolean; readonly origin: Origin },
  ): Promise<Unsubscription> {
    const { found, isChanged } = await db.transaction(async (tx) => {
      const found = await reminderStopRepository.find(tx, invitationId);
      requireReader(found, addressed);
      if (!found) throw notFound();
      const isChanged =
        change !== undefined &&
        (await reminderStopRepository.set(tx, invitationId, found.email, change.stopped));
      if (change && isChanged) {
        await recordAudit(tx, nobody, change.origin, {
          action: change.stopped ? 'reminders.stop' : 'reminders.resume',
          resourceType: 'invitation',
          resourceId: invitationId,
          caseId: found.caseId,
        });
      }
      return { found, isChanged };
    });
    const { language, practice, stoppedAt, caseId, clinicianId } = found;
    if (isChanged) events.publish([clinicianId], { type: 'invitation.changed', invitationId, caseId });
    return { mails: 'reminders', stopped: change?.stopped ?? stoppedAt !== null, language, practice };
  }

  function act(
    token: string,
    change?: { readonly stopped: boolean; readonly origin: Origin },
  ): Promise<Unsubscription> {
    const addressed = open(token);
    const { mails, portal, id } = addressed.subscription;
    return mails === 'notices'
      ? ofNotices(addressed, { kind: portal, id }, change)
      : ofReminders(addressed, id, change);
  }

  return {
    /** Changes nothing. */
    lookUp: async (token: string): Promise<Unsubscription> => act(token),

    /** Twice the same is once. */
    change: async (token: string, stopped: boolean, origin: Origin): Promise<Unsubscription> =>
      act(token, { stopped, origin }),

    /** @throws ProblemError `not-found` for what was not sealed here */
    requireSealed(token: string): void {
      open(token);
    },

    /** The page for the person who opens the address. Changes nothing. */
    pageOf(token: string): string {
      const { subscription } = open(token);
      return unsubscribePage(settings, subscription.portal, token);
    },
  };
}

export type UnsubscriptionService = ReturnType<typeof createUnsubscriptionService>;
