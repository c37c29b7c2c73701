import type { PersonalWords, PhoneKind, Registration, Verification } from '@casetalk/contract';
import type { Origin, RegistrationActor } from '../../actors.ts';
import { ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { answeringRepository } from '../invitations/index.ts';
import {
  acceptForInvitation,
  type AcceptedTerms,
  currentTermsVersion,
  termsRepository,
} from '../terms/index.ts';
import { destinationsOf } from '../verifications/index.ts';
import {
  announceStep,
  codeFlowOf,
  factsOf,
  present,
  type RegistrationNeeds,
  stepAudit,
} from './registration-flow.ts';
import { registrationRepository } from './registrations.repository.ts';
import { assuranceOf, mayEnterPhone, numbersOf } from './registrations.rules.ts';

const conflict = (): ProblemError => new ProblemError('state-conflict');

/** The steps between the link and the password. Each is conditional on the one before, in the database. */
export function createRegistrationService(needs: RegistrationNeeds) {
  const { db, events, jobs, phoneNumbers, verifications } = needs;
  const view = (actor: RegistrationActor): Promise<Registration> =>
    db.transaction((tx) => present(tx, verifications, actor));

  return {
    get: view,

    /** What the password must not be made of. */
    personalWords: (actor: RegistrationActor): Promise<PersonalWords> =>
      db.transaction(async (tx) => {
        const facts = await factsOf(tx, actor);
        const { mobile, landline } = numbersOf(facts);
        return {
          words: [facts.patientName, facts.email, mobile, landline].filter((word) => word !== null),
        };
      }),

    /** A new number ends the code that went to the old one: it must never prove the new one. */
    enterPhone: (
      actor: RegistrationActor,
      origin: Origin,
      { phone, kind }: { phone: string; kind: PhoneKind },
    ): Promise<Registration> => {
      const number = phoneNumbers.parse(phone, kind, '/phone');
      return db.transaction(async (tx) => {
        const facts = await factsOf(tx, actor);
        if (!mayEnterPhone(facts)) throw conflict();
        await verifications.redirect(tx, codeFlowOf(actor), async () => {
          if (!(await registrationRepository.enterPhone(tx, actor.id, number, kind))) throw conflict();
          return { isNew: number !== facts.enteredPhone };
        });
        await recordAudit(tx, actor, origin, stepAudit('registration.phone', facts));
        return present(tx, verifications, actor);
      });
    },

    async sendCode(actor: RegistrationActor, origin: Origin, methodId: string): Promise<Verification> {
      const facts = await db.transaction((tx) => factsOf(tx, actor));
      if (facts.verifiedAt) throw conflict();
      const to = destinationsOf(numbersOf(facts)).find((one) => one.methodId === methodId);
      if (!to) {
        throw new ProblemError('phone-refused', {
          errors: [{ pointer: '/methodId', in: 'body', detail: 'Choose one of the ways that are offered.' }],
        });
      }
      return verifications.send(actor, origin, codeFlowOf(actor), to);
    },

    async submitCode(actor: RegistrationActor, origin: Origin, code: string): Promise<Registration> {
      const facts = await db.transaction((tx) => factsOf(tx, actor));
      if (facts.verifiedAt) throw conflict();
      try {
        await verifications.submit(actor, origin, codeFlowOf(actor), code, {
          async proved(tx, number) {
            const moved = await registrationRepository.markVerified(tx, facts, number, assuranceOf(facts));
            if (!moved) throw conflict();
            await recordAudit(tx, actor, origin, stepAudit('registration.verify', facts));
          },
          usedUp: (tx) =>
            jobs.enqueue(tx, 'invitation.notice', {
              invitationId: facts.invitationId,
              kind: 'triesUsedUp',
            }),
        });
      } finally {
        announceStep(events, facts);
      }
      return view(actor);
    },

    /** Tells the clinician, once. */
    async askForHelp(actor: RegistrationActor, origin: Origin): Promise<void> {
      const facts = await db.transaction(async (tx) => {
        const facts = await factsOf(tx, actor);
        if (await registrationRepository.askForHelp(tx, actor.invitationId)) {
          await recordAudit(tx, actor, origin, stepAudit('registration.help', facts));
          await jobs.enqueue(tx, 'invitation.notice', { invitationId: actor.invitationId, kind: 'help' });
        }
        return facts;
      });
      announceStep(events, facts);
    },

    async acceptTerms(
      actor: RegistrationActor,
      origin: Origin,
      accepted: AcceptedTerms,
    ): Promise<Registration> {
      const { facts, registration } = await db.transaction(async (tx) => {
        const facts = await factsOf(tx, actor);
        if (!facts.verifiedAt) throw conflict();
        const isDone = await termsRepository.acceptedForInvitation(
          tx,
          actor.invitationId,
          currentTermsVersion,
        );
        if (!isDone) {
          const moved = await registrationRepository.markTermsAccepted(
            tx,
            actor.id,
            actor.invitationId,
            accepted.version,
          );
          if (!moved) throw conflict();
          await acceptForInvitation(tx, actor.invitationId, accepted, origin.ip);
          await recordAudit(tx, actor, origin, stepAudit('terms.accept', facts));
        }
        return { facts, registration: await present(tx, verifications, actor) };
      });
      announceStep(events, facts);
      return registration;
    },

    /** "I do not accept": the invitation is over and its clinician hears of it. */
    async decline(actor: RegistrationActor, origin: Origin): Promise<void> {
      const facts = await db.transaction(async (tx) => {
        const facts = await factsOf(tx, actor);
        if (!(await answeringRepository.decline(tx, actor.invitationId))) throw conflict();
        await registrationRepository.end(tx, actor.id);
        await recordAudit(tx, actor, origin, stepAudit('invitation.decline', facts));
        await jobs.enqueue(tx, 'invitation.notice', { invitationId: actor.invitationId, kind: 'declined' });
        return facts;
      });
      announceStep(events, facts);
    },
  };
}

export type RegistrationService = ReturnType<typeof createRegistrationService>;
