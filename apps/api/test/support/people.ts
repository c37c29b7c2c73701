import type { Client } from '@casetalk/client';
import type { ClinicianRole, Portal } from '@casetalk/contract';
import { newId } from '../../src/db/new-id.ts';
import { deviceCookie } from '../../src/plugins/cookies.ts';
import type { TestApi } from './api.ts';
import { freshCode, giveAuthenticator } from './authenticator.ts';
import { answer } from './result.ts';

export const goodPassword = 'seven quiet lanterns';

let people = 0;

/** A person with an account, and a browser in which they are signed in. */
export interface Someone {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly client: Client;
}

/** A practice; clinicians cannot register themselves, so the practice's own import is played by SQL. */
export async function addPractice(api: TestApi, name = 'Harbor Street Clinic'): Promise<string> {
  const id = newId();
  await api.sql.query(
    `insert into practices (id, name, phone, welcome, reply_time) values ($1, $2, '(415) 555-0110', $3, $4)`,
    [
      id,
      name,
      { en: 'Welcome to our practice.', es: 'Bienvenido.' },
      { en: 'within a day', es: 'en un día' },
    ],
  );
  return id;
}

export async function addClinician(
  api: TestApi,
  practiceId: string,
  role: ClinicianRole = 'doctor',
  name?: string,
): Promise<Someone> {
  people += 1;
  const id = newId();
  const email = `clinician${people}@example.com`;
  const fullName = name ?? `Dr Number ${people}`;
  await api.sql.query(
    `insert into clinicians (id, practice_id, name, email, role, job_title, phone, password_hash)
     values ($1, $2, $3, $4, $5, 'Family physician', $6, $7)`,
    [id, practiceId, fullName, email, role, fictionalNumber(), await api.deps.hasher.hash(goodPassword)],
  );
  await giveAuthenticator(api, id, email);
  return { id, email, name: fullName, client: await signedIn(api, 'clinician', email) };
}

/** A patient who has registered already. */
export async function addPatient(api: TestApi, name = 'Ana Ruiz'): Promise<Someone> {
  people += 1;
  const id = newId();
  const email = `patient${people}@example.com`;
  await api.sql.query(
    `insert into patients (id, name, email, phone, phone_kind, language, password_hash, terms_version)
     values ($1, $2, $3, $4, 'mobile', 'en', $5, $6)`,
    [id, name, email, fictionalNumber(), await api.deps.hasher.hash(goodPassword), api.termsVersion],
  );
  return { id, email, name, client: await signedIn(api, 'patient', email) };
}

/**
 * Signs in as people do: a clinician with the code of an authenticator app, a patient in a browser that has been theirs
 * before.
 */
export async function signedIn(
  api: TestApi,
  portal: Portal,
  email: string,
  password = goodPassword,
): Promise<Client> {
  const client = api.browser(portal, portal === 'patient' ? await knownDevice(api, email) : {});
  const result = await client.signIn({ body: { email, password } });
  if (!result.ok) throw new Error(`Signing in as ${email} failed: ${result.problem.code}`);
  if ('me' in result.data) return client;
  const code = await freshCode(api, email);
  answer(await client.submitSignInAuthenticatorCode({ body: { code } }));
  return client;
}

/** The cookie of a browser in which a patient has signed in before. */
export async function knownDevice(api: TestApi, email: string): Promise<Record<string, string>> {
  const { rows } = await api.sql.query<{ id: string }>('select id from patients where email = $1', [email]);
  const id = rows[0]?.id;
  if (!id) return {};
  return { [deviceCookie('patient')]: await api.deps.knownDevices.remember('patient', id, 86_400) };
}

/** A case whose creator is its first member. */
export async function addCase(
  owner: Someone,
  patientName = 'Ana Ruiz',
  ...others: Someone[]
): Promise<string> {
  const made = await owner.client.createCase({
    body: { patientName, patientBirthDate: '1988-04-17', title: 'Knee pain after a fall' },
  });
  if (!made.ok) throw new Error(`Creating a case failed: ${made.problem.code}`);
  for (const other of others) {
    await owner.client.addCaseMember({ params: { caseId: made.data.id, clinicianId: other.id } });
  }
  return made.data.id;
}

/** The patient joins the clinician's talk on a case by accepting a real invitation. */
export async function openTalk(clinician: Someone, caseId: string, patient: Someone): Promise<string> {
  const invited = await clinician.client.createInvitation({
    params: { caseId },
    body: { email: patient.email },
  });
  if (!invited.ok) throw new Error(`Inviting failed: ${invited.problem.code}`);
  const accepted = await patient.client.acceptInvitation({ params: { invitationId: invited.data.id } });
  if (!accepted.ok) throw new Error(`Accepting failed: ${accepted.problem.code}`);
  return accepted.data.talkId;
}

/** +1 415 555 0100 to 0199 are kept for fiction. */
const fictionalNumber = (): string => `+141555501${(people % 100).toString().padStart(2, '0')}`;
