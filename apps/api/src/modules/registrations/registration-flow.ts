import type { Registration } from '@casetalk/contract';
import type { RegistrationActor } from '../../actors.ts';
import type { Tx } from '../../db/database.ts';
import type { Dependencies } from '../../dependencies.ts';
import { ProblemError } from '../../problem-error.ts';
import { currentTermsVersion, termsRepository } from '../terms/index.ts';
import {
  type CodeFlow,
  destinationsOf,
  presentMethod,
  type VerificationService,
} from '../verifications/index.ts';
import { presentRegistration } from './registrations.presenter.ts';
import { type RegistrationFacts, registrationRepository } from './registrations.repository.ts';
import { numbersOf } from './registrations.rules.ts';

export type RegistrationNeeds = Pick<Dependencies, 'db' | 'events' | 'jobs' | 'phoneNumbers' | 'hasher'> & {
  readonly verifications: VerificationService;
  /** The person of a patient's session cookie, without counting as activity. */
  readonly patientOf: (sessionToken: string) => Promise<{ readonly id: string } | undefined>;
  /** The value of the device cookie that makes this browser known as the patient's. */
  readonly rememberDevice: (portal: 'patient', patientId: string) => Promise<string>;
};

export const codeFlowOf = (actor: RegistrationActor): CodeFlow => ({
  kind: 'registration',
  id: actor.id,
  ownerId: actor.invitationId,
});

/** @throws ProblemError `state-conflict` when the flow is gone */
export async function factsOf(tx: Tx, actor: RegistrationActor): Promise<RegistrationFacts> {
  const facts = await registrationRepository.find(tx, actor.id);
  if (!facts) throw new ProblemError('state-conflict');
  return facts;
}

/** Where the registration stands, as its browser sees it. */
export async function present(
  tx: Tx,
  verifications: VerificationService,
  actor: RegistrationActor,
): Promise<Registration> {
  const facts = await factsOf(tx, actor);
  const termsAccepted = await termsRepository.acceptedForInvitation(
    tx,
    actor.invitationId,
    currentTermsVersion,
  );
  const methods = destinationsOf(numbersOf(facts)).map(presentMethod);
  const verification = await verifications.current(tx, codeFlowOf(actor));
  return presentRegistration(facts, methods, verification, termsAccepted);
}

/** The audit's view of a step. */
export const stepAudit = (
  action: string,
  facts: Pick<RegistrationFacts, 'invitationId' | 'caseId' | 'talkId'>,
) => ({
  action,
  resourceType: 'invitation',
  resourceId: facts.invitationId,
  caseId: facts.caseId,
  talkId: facts.talkId,
});

/** Tells the inviter's portal that the invitation has come further. */
export function announceStep(
  events: Dependencies['events'],
  { clinicianId, invitationId, caseId }: Pick<RegistrationFacts, 'clinicianId' | 'invitationId' | 'caseId'>,
): void {
  events.publish([clinicianId], { type: 'invitation.changed', invitationId, caseId });
}
