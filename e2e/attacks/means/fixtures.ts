import type { Clinic, TalkRecords } from '../clinic.ts';

/** The callers of docs/access-matrix.md, and a clinician whose account was disabled. */
export const actorNames = ['nobody', 'disabled', 'A', 'B', 'S', 'M', 'X', 'admin', 'P1', 'P2'] as const;
export type ActorName = (typeof actorNames)[number];

/** A record, and which column of the access matrix speaks for each actor when it is asked for. */
export interface Fixture {
  readonly name: string;
  /** The path parameter that it is an id for. */
  readonly kind: string;
  readonly id: string;
  readonly as: Readonly<Record<ActorName, string>>;
}

/** Everyone stands as themselves for what belongs to A and P1. */
const own = Object.fromEntries(actorNames.map((name) => [name, name])) as Record<ActorName, string>;
const ofAandP1 = { ...own, disabled: 'nobody' };
/** B sits where A sits, and A is a colleague like B. */
const ofBandP1 = { ...ofAandP1, A: 'B', B: 'A' };
/** X sits where A sits; nobody of the other practice works on that case. */
const ofXandP2 = { ...ofAandP1, A: 'X', B: 'X', S: 'X', M: 'X', X: 'A', P1: 'P2', P2: 'P1' };
/** Only the uploader may see what was not sent. */
const notYet = (as: Fixture['as']): Fixture['as'] =>
  Object.fromEntries(actorNames.map((name) => [name, as[name] === 'A' ? 'B' : as[name]])) as Fixture['as'];

function talk(name: string, records: TalkRecords, as: Fixture['as']): Fixture[] {
  const of = (kind: string, what: string, id: string, seenBy = as): Fixture => ({
    name: `${what} of ${name}`,
    kind,
    id,
    as: seenBy,
  });
  return [
    of('talkId', 'talk', records.talkId),
    of('messageId', 'clinician’s message', records.messageIds[0]),
    of('messageId', 'patient’s message', records.messageIds[1]),
    of('attachmentId', 'sent file', records.sentFile),
    of('attachmentId', 'shared file', records.sharedFile),
    of('attachmentId', 'clinician’s file', records.clinicianFile),
    of('attachmentId', 'unsent file', records.unsentFile, notYet(as)),
    of('caseAttachmentId', 'case attachment', records.caseAttachmentId),
  ];
}

/** Every id that was ever given out in a clinic. */
export function fixturesOf(clinic: Clinic): readonly Fixture[] {
  const { A, B, S, X, P1, P2 } = clinic;
  const one = (name: string, kind: string, id: string, as: Fixture['as']): Fixture => ({
    name,
    kind,
    id,
    as,
  });
  return [
    one('case', 'caseId', clinic.caseId, ofAandP1),
    one('other case', 'caseId', clinic.otherCaseId, ofXandP2),
    ...talk('T(A,P1)', clinic.AP1, ofAandP1),
    ...talk('T(B,P1)', clinic.BP1, ofBandP1),
    ...talk('T(X,P2)', clinic.XP2, ofXandP2),
    one('doctor talk message', 'messageId', clinic.doctorTalkMessageId, ofAandP1),
    one('emergency access to T(A,P1)', 'grantId', clinic.grantId, ofAandP1),
    one('invitation to a newcomer', 'invitationId', clinic.invitations.toNewcomer, ofAandP1),
    one('invitation to P1', 'invitationId', clinic.invitations.toP1, ofAandP1),
    one('invitation elsewhere', 'invitationId', clinic.invitations.elsewhere, {
      ...ofXandP2,
      P1: 'P2',
      P2: 'P2',
    }),
    ...Object.entries({ A, B, S, X, P1, P2 }).flatMap(([name, { id, sessionId }]) => [
      one(`session of ${name}`, 'sessionId', sessionId, {
        ...(Object.fromEntries(
          actorNames.map((who) => [who, who === name ? 'A' : who === 'A' ? 'B' : who]),
        ) as Fixture['as']),
        disabled: 'nobody',
      }),
      one(
        name,
        name.startsWith('P') ? 'patientId' : 'clinicianId',
        id,
        name === 'X' ? { ...ofXandP2, X: 'X' } : ofAandP1,
      ),
    ]),
  ];
}
