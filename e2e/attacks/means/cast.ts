import { randomUUID } from 'node:crypto';
import { demoPassword } from '../../support/people.ts';
import { type Account, type Caller, signIn } from './caller.ts';
import { inTables } from './tables.ts';
import type { Target } from './target.ts';
import { dataOf } from './wire.ts';

type Kind = 'clinician' | 'patient';

const models: Record<Kind, { readonly table: string; readonly email: string }> = {
  clinician: { table: 'clinicians', email: 'grace.chen@example.com' },
  patient: { table: 'patients', email: 'walter.boone@example.com' },
};

/**
 * A further account like one of the demo's, so that no attack ends another's sessions or uses up its tries. It is the
 * only thing that is not made through the product's doors: the practices enrol their people elsewhere.
 */
export async function newAccount(
  { ownerUrl }: Pick<Target, 'ownerUrl'>,
  portal: Kind,
  name?: string,
): Promise<Account> {
  const id = randomUUID();
  const email = `${portal}-${id.slice(0, 13)}@example.com`;
  const { table, email: model } = models[portal];
  const [row] = await inTables(ownerUrl, (database) =>
    database.rows<{ name: string }>(
      `insert into ${table} select (jsonb_populate_record(m, $1::jsonb)).* from ${table} m where email = $2 returning name`,
      [JSON.stringify({ id, email, ...(name === undefined ? {} : { name }) }), model],
    ),
  );
  if (!row) throw new Error(`The demo has no ${model}.`);
  return { portal, id, email, name: row.name, password: demoPassword };
}

/** A clinician and a patient of their own, with a case and the talk that they have joined. */
export interface Pair {
  readonly doctor: Caller;
  readonly patient: Caller;
  readonly doctorAccount: Account;
  readonly patientAccount: Account;
  readonly caseId: string;
  readonly talkId: string;
}

export interface CaseWishes {
  readonly patientName?: string;
  readonly title?: string;
  readonly description?: string;
}

/** @returns the case's id */
export async function openCase(
  doctor: Caller,
  { patientName, title, description }: CaseWishes = {},
): Promise<string> {
  const made = await doctor.send('POST', '/v1/cases', {
    patientName: patientName ?? 'Ana Ruiz',
    patientBirthDate: '1988-04-17',
    title: title ?? 'Knee pain after a fall',
    ...(description === undefined ? {} : { description }),
  });
  return (dataOf(made) as { id: string }).id;
}

/** The patient joins the doctor's talk on a case by accepting an invitation. @returns the talk's id */
export async function joinTalk(
  doctor: Caller,
  caseId: string,
  patient: Caller,
  { email }: Pick<Account, 'email'>,
  firstMessage = 'Please write to me how your knee feels.',
): Promise<string> {
  const invited = await doctor.send('POST', `/v1/cases/${caseId}/invitations`, { email, firstMessage });
  const { id } = dataOf(invited) as { id: string };
  const accepted = await patient.send('POST', `/v1/invitations/${id}/accept`);
  return (dataOf(accepted) as { talkId: string }).talkId;
}

export async function newPair(target: Target, wishes: CaseWishes = {}): Promise<Pair> {
  const doctorAccount = await newAccount(target, 'clinician');
  const patientAccount = await newAccount(target, 'patient', wishes.patientName);
  const doctor = await signIn(target, doctorAccount);
  const patient = await signIn(target, patientAccount);
  const caseId = await openCase(doctor, wishes);
  const talkId = await joinTalk(doctor, caseId, patient, patientAccount);
  return { doctor, patient, doctorAccount, patientAccount, caseId, talkId };
}

/** @returns the message's id */
export async function say(
  from: Caller,
  talkId: string,
  text: string,
  attachmentIds: readonly string[] = [],
): Promise<string> {
  const sent = await from.send('POST', `/v1/talks/${talkId}/messages`, { text, attachmentIds });
  return (dataOf(sent) as { id: string }).id;
}
