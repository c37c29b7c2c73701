import { answerOf } from '../support/clinic.ts';
import { linkIn } from '../support/mail.ts';
import { demoPassword, type Patient } from '../support/people.ts';
import { register } from '../support/registering.ts';
import { arranged } from './attack.ts';
import { type Actor, enter, newVisitor, type Visitor } from './means/actor.ts';
import { comesTrue } from './means/target.ts';
import type { World } from './world.ts';

/** A patient talk with one record of each kind. */
export interface TalkRecords {
  readonly talkId: string;
  /** Written by the clinician, and by the patient with `sentFile` and `sharedFile`. */
  readonly messageIds: readonly [string, string];
  /** The patient's, sent. */
  readonly sentFile: string;
  /** The patient's, sent and shared by the clinician. */
  readonly sharedFile: string;
  readonly caseAttachmentId: string;
  /** The clinician's own, sent. */
  readonly clinicianFile: string;
  /** The patient's, uploaded and not sent. */
  readonly unsentFile: string;
}

/**
 * Two practices at work. A and B are doctors and S a staff member on one case, M their practice's case manager, admin its
 * administrator; P1 has a talk with A and another with B. X is a doctor of another practice with a case of its own, and
 * P2 is X's patient. The disabled clinician was signed in before.
 */
export interface Clinic {
  readonly A: Actor;
  readonly B: Actor;
  readonly S: Actor;
  readonly M: Actor;
  readonly X: Actor;
  readonly admin: Actor;
  readonly disabled: Actor;
  readonly P1: Actor;
  readonly P2: Actor;
  readonly nobody: Visitor;
  readonly caseId: string;
  readonly doctorTalkMessageId: string;
  readonly otherCaseId: string;
  readonly AP1: TalkRecords;
  readonly BP1: TalkRecords;
  readonly XP2: TalkRecords;
  /** The administrator's emergency access to T(A,P1). */
  readonly grantId: string;
  /** Pending: A's to somebody without an account, A's to P1 on a case of its own, and X's to somebody without an account. */
  readonly invitations: {
    readonly toNewcomer: string;
    readonly toP1: string;
    readonly elsewhere: string;
  };
}

/** Everyone who is signed in. */
export const actorsOf = ({ A, B, S, M, X, admin, P1, P2 }: Clinic): readonly Actor[] => [
  A,
  B,
  S,
  M,
  X,
  admin,
  P1,
  P2,
];

let clinics = 0;

/** A patient nobody else is. @param mobile the last two digits of a number kept for fiction */
export function somebody(name = 'Ana Ruiz', mobile = 51): Patient {
  clinics += 1;
  const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}.${clinics}@example.com`;
  return {
    name,
    email,
    mobile: `(415) 555-01${String(mobile).padStart(2, '0')}`,
    password: 'seven quiet lanterns',
  };
}

export const clinicianEmails = {
  A: 'grace.chen@example.com',
  B: 'samuel.okafor@example.com',
  S: 'noor.haddad@example.com',
  M: 'ingrid.solberg@example.com',
  X: 'lucia.ferrer@example.com',
  admin: 'paul.whitaker@example.com',
  disabled: 'tom.brandt@example.com',
} as const;

export const enterClinician = (world: World, who: keyof typeof clinicianEmails): Promise<Actor> =>
  enter(world, 'clinician', clinicianEmails[who], demoPassword);

export const newCase = async (owner: Actor, patientName: string, ...members: Actor[]): Promise<string> => {
  const body = { patientName, patientBirthDate: '1988-04-17', title: 'Knee pain after a fall' };
  const { id: caseId } = await answerOf(owner.client.createCase({ body }));
  for (const { id: clinicianId } of members)
    await answerOf(owner.client.addCaseMember({ params: { caseId, clinicianId } }));
  return caseId;
};

/** An invitation whose mail has come. */
export interface Invited {
  readonly invitationId: string;
  readonly talkId: string;
  readonly link: string;
}

export async function inviteByMail(
  world: World,
  from: Actor,
  caseId: string,
  to: { readonly email: string; readonly mobile?: string; readonly landline?: string },
  firstMessage = 'Please write to me how your knee feels.',
): Promise<Invited> {
  const after = (await world.mailroom.emails({ to: to.email }))[0]?.id;
  const { email, mobile = null, landline = null } = to;
  const body = { email, mobile, landline, firstMessage };
  const made = await answerOf(from.client.createInvitation({ params: { caseId }, body }));
  const mail = await world.mailroom.nextEmail({ to: email, ...(after === undefined ? {} : { after }) });
  return { invitationId: made.id, talkId: made.talkId, link: linkIn(mail) };
}

/** A new patient who was invited, proved their number, set a password and signed in. */
export async function newPatient(
  world: World,
  from: Actor,
  caseId: string,
  patient: Patient,
): Promise<{ readonly actor: Actor; readonly talkId: string }> {
  const { link, talkId } = await inviteByMail(world, from, caseId, patient);
  await register(world, world.mailroom, link, patient);
  return { actor: await enter(world, 'patient', patient.email, patient.password), talkId };
}

const onePixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
export const picture = (name = 'knee.gif'): File => new File([onePixel], name, { type: 'image/gif' });

export const uploadTo = async ({ client }: Actor, talkId: string, name?: string): Promise<string> =>
  (await answerOf(client.upload('uploadTalkFile', { params: { talkId } }, picture(name)))).id;

export const say = async (
  { client }: Actor,
  talkId: string,
  text: string,
  attachmentIds: string[] = [],
): Promise<string> =>
  (await answerOf(client.sendMessage({ params: { talkId }, body: { text, attachmentIds } }))).id;

export async function fillTalk(clinician: Actor, patient: Actor, talkId: string): Promise<TalkRecords> {
  const clinicianFile = await uploadTo(clinician, talkId, 'exercises.gif');
  const first = await say(clinician, talkId, 'Does it still hurt?', [clinicianFile]);
  const sentFile = await uploadTo(patient, talkId, 'knee.gif');
  const sharedFile = await uploadTo(patient, talkId, 'shared.gif');
  const second = await say(patient, talkId, 'It still hurts.', [sentFile, sharedFile]);
  const shared = await answerOf(clinician.client.shareAttachment({ params: { attachmentId: sharedFile } }));
  const unsentFile = await uploadTo(patient, talkId, 'unsent.gif');
  return {
    talkId,
    messageIds: [first, second],
    sentFile,
    sharedFile,
    caseAttachmentId: shared.id,
    clinicianFile,
    unsentFile,
  };
}

/** A patient with an account joins a clinician's talk on a case. @returns the talk's id */
export async function join(clinician: Actor, caseId: string, patient: Actor): Promise<string> {
  const { email } = patient;
  const { id: invitationId } = await answerOf(
    clinician.client.createInvitation({ params: { caseId }, body: { email } }),
  );
  return (await answerOf(patient.client.acceptInvitation({ params: { invitationId } }))).talkId;
}

/** Makes everyone and everything of a clinic through the product's own doors. */
export async function openClinic(world: World): Promise<Clinic> {
  await world.passAnHour();
  const [A, B, S, M, X, admin, disabled] = [
    await enterClinician(world, 'A'),
    await enterClinician(world, 'B'),
    await enterClinician(world, 'S'),
    await enterClinician(world, 'M'),
    await enterClinician(world, 'X'),
    await enterClinician(world, 'admin'),
    await enterClinician(world, 'disabled'),
  ];
  await world.database.rows('update clinicians set disabled_at = now() where id = $1', [disabled.id]);
  const caseId = await newCase(A, 'Ana Ruiz', B, S);
  const otherCaseId = await newCase(X, 'Gideon Marsh');
  const one = await newPatient(world, A, caseId, somebody('Ana Ruiz', 51));
  const two = await newPatient(world, X, otherCaseId, somebody('Gideon Marsh', 52));
  const [P1, P2] = [one.actor, two.actor];
  const AP1 = await fillTalk(A, P1, one.talkId);
  const BP1 = await fillTalk(B, P1, await join(B, caseId, P1));
  const XP2 = await fillTalk(X, P2, two.talkId);
  const params = { caseId };
  const { id: doctorTalkMessageId } = await answerOf(
    S.client.sendDoctorTalkMessage({ params, body: { text: 'Please see her today.' } }),
  );
  const pending = async (by: Actor, email: string): Promise<string> => {
    const fresh = await newCase(by, 'Ana Ruiz');
    return (await answerOf(by.client.createInvitation({ params: { caseId: fresh }, body: { email } }))).id;
  };
  // Signed in a moment ago: fresh proof of who asks.
  const { id: grantId } = await answerOf(
    admin.client.startBreakGlass({
      body: { caseId, clinicianId: A.id, reason: 'The clinician cannot be reached.' },
    }),
  );
  const invitations = {
    toNewcomer: await pending(A, somebody().email),
    toP1: await pending(A, P1.email),
    elsewhere: await pending(X, somebody().email),
  };
  await settle(world, Object.values(invitations));
  return {
    A,
    B,
    S,
    M,
    X,
    admin,
    disabled,
    P1,
    P2,
    nobody: newVisitor(world, 'clinician'),
    caseId,
    doctorTalkMessageId,
    otherCaseId,
    AP1,
    BP1,
    XP2,
    grantId,
    invitations,
  };
}

/** Waits for what changes by itself, so that rows which change later tell of an attack: mails arrive, nobody is told late. */
async function settle({ database }: World, invitationIds: readonly string[]): Promise<void> {
  const isDelivered = async (): Promise<boolean> =>
    (await database.count(`select count(*) from invitations where id = any($1) and delivery = 'delivered'`, [
      invitationIds,
    ])) === invitationIds.length;
  arranged(await comesTrue(isDelivered, 20_000), 'invitations that arrive');
  await database.rows('update talks set clinician_notice_due_at = null, patient_notice_due_at = null');
}
