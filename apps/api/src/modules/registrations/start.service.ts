import type { Registration } from '@casetalk/contract';
import type { Origin, RegistrationActor } from '../../actors.ts';
import type { Tx } from '../../db/database.ts';
import { newId } from '../../db/new-id.ts';
import { hashSecret, newSecret } from '../../gateways/random.ts';
import { ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { answeringRepository, linkStatus } from '../invitations/index.ts';
import { present, type RegistrationNeeds } from './registration-flow.ts';
import { registrationRepository } from './registrations.repository.ts';

/** What the browser brings along. */
export interface Browser {
  readonly sessionToken: string | undefined;
  readonly flowToken: string | undefined;
}

export type Started =
  | { readonly next: 'signIn' }
  | { readonly next: 'register'; readonly registration: Registration; readonly secret?: string };

type FoundLink = NonNullable<Awaited<ReturnType<typeof answeringRepository.byToken>>>;

/** From the emailed link to a browser's own flow. */
export function createStartService({ db, events, verifications, patientOf }: RegistrationNeeds) {
  const resolveActor = async (flowToken: string): Promise<RegistrationActor | undefined> => {
    const flow = await db.transaction((tx) => registrationRepository.touch(tx, hashSecret(flowToken)));
    return flow && { kind: 'registration', ...flow };
  };

  return {
    /** Who a flow cookie belongs to; undefined once the flow, its link or its invitation is over. */
    resolveActor,

    /**
     * The invitee presses Continue. Whoever has an account is sent to sign in; this never touches that account.
     * @throws ProblemError `link-unusable`, `someone-else-signed-in`
     */
    async start(token: string, browser: Browser, origin: Origin): Promise<Started> {
      const [signedIn, flow] = await Promise.all([
        browser.sessionToken ? patientOf(browser.sessionToken) : undefined,
        browser.flowToken ? resolveActor(browser.flowToken) : undefined,
      ]);
      const { secret, hash } = newSecret();
      const { started, invitation } = await db.transaction(async (tx) => {
        const invitation = await answeringRepository.byToken(tx, hashSecret(token));
        const status = invitation ? linkStatus(invitation) : 'unknown';
        if (!invitation || status !== 'usable') {
          throw new ProblemError('link-unusable', { linkStatus: status === 'usable' ? 'unknown' : status });
        }
        if (signedIn && (await registrationRepository.emailOf(tx, signedIn.id)) !== invitation.email) {
          throw new ProblemError('someone-else-signed-in');
        }
        await answeringRepository.markOpened(tx, invitation.id);
        await recordAudit(tx, { kind: 'anyone' }, origin, {
          action: 'invitation.open',
          resourceType: 'invitation',
          resourceId: invitation.id,
          caseId: invitation.caseId,
        });
        return { invitation, started: await begin(tx, invitation) };
      });
      const { clinicianId, id: invitationId, caseId } = invitation;
      events.publish([clinicianId], { type: 'invitation.changed', invitationId, caseId });
      return started;

      async function begin(tx: Tx, { id: invitationId, email, linkNumber }: FoundLink): Promise<Started> {
        if (await registrationRepository.hasAccount(tx, email)) return { next: 'signIn' };
        // The same browser goes on where it was; another one proves the number again.
        if (flow?.invitationId === invitationId) {
          return { next: 'register', registration: await present(tx, verifications, flow) };
        }
        const actor: RegistrationActor = { kind: 'registration', id: newId(), invitationId };
        await registrationRepository.create(tx, { id: actor.id, invitationId, linkNumber, flowHash: hash });
        return { next: 'register', registration: await present(tx, verifications, actor), secret };
      }
    },
  };
}

export type StartService = ReturnType<typeof createStartService>;
