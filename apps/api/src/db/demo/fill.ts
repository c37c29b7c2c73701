import { eq, sql } from 'drizzle-orm';
import type { PasswordHasher } from '../../gateways/password-hasher.ts';
import type { DataKey } from '../../vault/data-key.ts';
import type { DataKeys } from '../../vault/data-keys.ts';
import { actAs, type Database, type Tx } from '../database.ts';
import { newId } from '../new-id.ts';
import {
  authenticators,
  caseMembers,
  cases,
  clinicians,
  doctorTalkMessages,
  messages,
  patients,
  practices,
  talkReadStates,
  talks,
} from '../schema/index.ts';
import * as demo from './cases.ts';
import * as people from './people.ts';

const ago = (amount: number, unit: 'days' | 'hours') =>
  sql`now() - ${unit === 'days' ? amount * 24 : amount}::float8 * interval '1 hour'`;

/**
 * Fills an empty database with the demo's practices, people and cases, in one transaction.
 * @param sealSetupKey seals an authenticator app's setup key for the row of this id
 * @returns false when there is somebody already: the demo is filled in once and never again
 */
export async function fillDemo(
  { db, hasher, dataKeys }: { db: Database; hasher: PasswordHasher; dataKeys: DataKeys },
  sealSetupKey: (authenticatorId: string, setupKey: string) => Buffer,
  termsVersion: string,
): Promise<boolean> {
  if (await db.transaction(hasPeople)) return false;
  const passwordHash = await hasher.hash(people.demoPassword);
  const keyed: KeyedCase[] = [];
  for (const item of demo.cases) {
    const caseKey = await dataKeys.ensure({ kind: 'case', id: item.id });
    const talkKey = item.talk && (await dataKeys.ensure({ kind: 'talk', id: newId() }));
    keyed.push({ item, caseKey, talkKey });
  }
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(4100420044)`);
    if (await hasPeople(tx)) return false;
    await tx.insert(practices).values([...people.practices]);
    await tx.insert(clinicians).values(
      people.clinicians.map(({ practice, ...person }) => ({
        ...person,
        practiceId: practice,
        passwordHash,
      })),
    );
    await tx.insert(authenticators).values(
      people.clinicians.map((person) => {
        const id = newId();
        const sealedSecret = sealSetupKey(id, people.setupKeyOf(person));
        return { id, portal: 'clinician' as const, clinicianId: person.id, sealedSecret, lastStep: 0 };
      }),
    );
    await tx.insert(patients).values(
      people.patients.map((person) => ({
        ...person,
        phoneKind: 'mobile' as const,
        passwordHash,
        termsVersion,
      })),
    );
    for (const one of keyed) await fillCase(tx, one);
    return true;
  });
}

async function hasPeople(tx: Tx): Promise<boolean> {
  return (await tx.select({ id: clinicians.id }).from(clinicians).limit(1)).length > 0;
}

/** A demo case with the keys that its words are sealed with. */
interface KeyedCase {
  readonly item: demo.DemoCase;
  readonly caseKey: DataKey;
  /** Its owner's id is the new talk's. */
  readonly talkKey: DataKey | undefined;
}

async function fillCase(tx: Tx, { item, caseKey, talkKey }: KeyedCase): Promise<void> {
  const [opener] = item.members;
  const practiceId = people.clinicians.find(({ id }) => id === opener)?.practice;
  if (!opener || !practiceId) throw new Error(`The demo case ${item.title} has no member.`);
  await tx.insert(cases).values({
    id: item.id,
    practiceId,
    patientName: item.patientName,
    patientBirthDate: item.birthDate,
    title: item.title,
    description: item.description,
    status: item.closed ? 'closed' : 'open',
    createdBy: opener,
    createdAt: ago(item.daysOld, 'days'),
    updatedAt: ago(item.daysOld / 2, 'days'),
  });
  await tx.insert(caseMembers).values(
    item.members.map((clinicianId) => ({
      caseId: item.id,
      clinicianId,
      addedBy: opener,
      addedAt: ago(item.daysOld, 'days'),
    })),
  );
  for (const message of item.doctorTalk ?? []) {
    await actAs(tx, { kind: 'clinician', id: message.from });
    const id = newId();
    await tx.insert(doctorTalkMessages).values({
      id,
      caseId: item.id,
      senderId: message.from,
      body: caseKey.sealText('doctor_talk_messages.body', id, message.text),
      sendKey: newId(),
      createdAt: ago(message.hoursAgo, 'hours'),
    });
  }
  if (item.talk && talkKey) await fillTalk(tx, talkKey, item, item.talk);
}

/** A talk in which everything but the patient's last word has been read. */
async function fillTalk(
  tx: Tx,
  key: DataKey,
  item: demo.DemoCase,
  talk: NonNullable<demo.DemoCase['talk']>,
): Promise<void> {
  const parties = { caseId: item.id, clinicianId: talk.clinician, patientId: talk.patient };
  const rows = talk.messages.map((message) => {
    const id = newId();
    const body = key.sealText('messages.body', id, message.text);
    return { id, sender: message.from, body, sendKey: newId(), createdAt: ago(message.hoursAgo, 'hours') };
  });
  const last = rows.at(-1);
  if (!last) return;
  const talkId = key.ownerId;
  await actAs(tx, { kind: 'clinician', id: talk.clinician });
  await tx.insert(talks).values({
    id: talkId,
    ...parties,
    assurance: 'clinic',
    lastMessageId: last.id,
    lastMessageAt: last.createdAt,
    clinicianUnread: last.sender === 'patient' ? 1 : 0,
    patientUnread: last.sender === 'clinician' ? 1 : 0,
    joinedAt: ago(item.daysOld, 'days'),
    createdAt: ago(item.daysOld, 'days'),
  });
  await tx.insert(messages).values(rows.map((row) => ({ ...row, ...parties, talkId })));
  for (const reader of ['clinician', 'patient'] as const) {
    const read = rows.findLast((row) => row.id !== last.id || row.sender === reader);
    if (!read) continue;
    await tx.insert(talkReadStates).values({
      talkId,
      ...parties,
      reader,
      messageId: read.id,
      readUpTo: sql`(select ${messages.createdAt} from ${messages} where ${eq(messages.id, read.id)})`,
    });
  }
}
