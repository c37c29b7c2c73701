import type { ClinicianActor, Origin } from '../../actors.ts';
import type { Tx } from '../../db/database.ts';
import { recordAudit } from '../audit/index.ts';
import { invitationRepository } from './invitations.repository.ts';
import { auditOf } from './invitations.service.ts';

/**
 * Takes back what waits of a clinician who has left a case: nobody may join a talk that she can no longer read.
 * @param actor who took her off the case
 * @returns the accounts, if there are any, whose portals show one of them
 */
export async function withdrawInvitations(
  tx: Tx,
  actor: ClinicianActor,
  origin: Origin,
  caseId: string,
  clinicianId: string,
): Promise<string[]> {
  const accounts: string[] = [];
  for (const invitation of await invitationRepository.revokeAll(tx, caseId, clinicianId)) {
    await recordAudit(tx, actor, origin, auditOf('invitation.revoke', invitation));
    accounts.push(...(await invitationRepository.accountsOf(tx, invitation.email)));
  }
  return accounts;
}
