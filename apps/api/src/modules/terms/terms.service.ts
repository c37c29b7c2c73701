import type { Language } from '@casetalk/contract';
import type { Origin, PatientActor } from '../../actors.ts';
import type { Database, Tx } from '../../db/database.ts';
import { ProblemError } from '../../problem-error.ts';
import { recordAudit } from '../audit/index.ts';
import { currentTerms, currentTermsVersion } from './current-terms.ts';
import { termsRepository } from './terms.repository.ts';

export interface AcceptedTerms {
  readonly version: string;
  readonly language: Language;
}

/** @throws ProblemError `state-conflict` for any version but the present one: nobody accepts what was not shown */
function presentHash({ version, language }: AcceptedTerms): string {
  if (version !== currentTermsVersion) {
    throw new ProblemError('state-conflict', {
      detail: 'The terms have changed. Read and accept the new ones.',
    });
  }
  return currentTerms[language].hash;
}

/** Records an acceptance during a registration, in the registration's transaction. */
export async function acceptForInvitation(
  tx: Tx,
  invitationId: string,
  accepted: AcceptedTerms,
  ip: string,
): Promise<void> {
  const hash = presentHash(accepted);
  await termsRepository.record(tx, { patientId: null, invitationId, ...accepted, hash, ip });
}

/** A patient with an account accepts the present terms again. */
export async function acceptAgain(
  db: Database,
  patient: PatientActor,
  origin: Origin,
  accepted: AcceptedTerms,
): Promise<void> {
  const hash = presentHash(accepted);
  await db.transaction(async (tx) => {
    await termsRepository.record(tx, {
      patientId: patient.id,
      invitationId: null,
      ...accepted,
      hash,
      ip: origin.ip,
    });
    await termsRepository.setAcceptedVersion(tx, patient.id, accepted.version);
    await recordAudit(tx, patient, origin, {
      action: 'terms.accept',
      resourceType: 'patient',
      resourceId: patient.id,
    });
  });
}
