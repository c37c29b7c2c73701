import { type Invitation, limits, type ReceivedInvitation } from '@casetalk/contract';
import { invitationAbilities } from './invitations.policy.ts';
import type { InvitationRow, ReceivedRow } from './invitations.repository.ts';
import { effectiveState, nextReminderAt } from './invitations.rules.ts';

const instant = (value: Date | null): string | null => value?.toISOString() ?? null;

/** An invitation as its own clinician sees it. */
export function presentInvitation(row: InvitationRow): Invitation {
  const state = effectiveState(row);
  return {
    id: row.id,
    caseId: row.caseId,
    talkId: row.talkId,
    email: row.email,
    mobile: row.mobile,
    landline: row.landline,
    language: row.language,
    state,
    delivery: row.delivery,
    deliveryReason: row.deliveryReason,
    createdAt: row.createdAt.toISOString(),
    sentAt: instant(row.sentAt),
    deliveredAt: instant(row.deliveredAt),
    bouncedAt: instant(row.bouncedAt),
    openedAt: instant(row.openedAt),
    codeSentAt: instant(row.codeSentAt),
    codeFailedAt: instant(row.codeFailedAt),
    codeFailure: row.codeFailure,
    verifiedAt: instant(row.verifiedAt),
    termsAcceptedAt: instant(row.termsAcceptedAt),
    registeredAt: instant(row.registeredAt),
    firstReadAt: instant(row.firstReadAt),
    endedAt: instant(row.endedAt ?? (state === 'expired' ? row.expiresAt : null)),
    expiresAt: row.expiresAt.toISOString(),
    helpRequestedAt: instant(row.helpRequestedAt),
    lastReminderAt: instant(row.lastReminderAt),
    nextReminderAt: row.caseOpen ? instant(nextReminderAt(row)) : null,
    remindersStoppedAt: instant(row.remindersStoppedAt),
    codeTriesUsedUp: row.codeTriesUsed >= limits.codeTriesPerInvitation,
    assurance: row.assurance,
    abilities: invitationAbilities({ state, joined: row.joined, caseOpen: row.caseOpen }),
  };
}

/** A further invitation, as the signed-in patient sees it. */
export const presentReceived = (row: ReceivedRow): ReceivedInvitation => ({
  id: row.id,
  clinicianName: row.clinicianName,
  clinicianJobTitle: row.clinicianJobTitle,
  practiceName: row.practiceName,
  practicePhone: row.practicePhone,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});
