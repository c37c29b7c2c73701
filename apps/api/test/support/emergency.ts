import type { Client, Result } from '@casetalk/client';
import type { BreakGlassGrant } from '@casetalk/contract';
import pg from 'pg';
import { startApi, type TestApi } from './api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './people.ts';
import { answer } from './result.ts';

export const reason = 'Dr. Okafor is away and the patient reports an allergic reaction.';

/** Two practices, a case with two talks and a file in each, and the administrators. */
export interface EmergencyWorld {
  readonly api: TestApi;
  /** The clinician whose talk is opened, and a colleague with a talk of her own on the same case. */
  readonly A: Someone;
  readonly B: Someone;
  readonly S: Someone;
  readonly X: Someone;
  readonly P1: Someone;
  readonly P2: Someone;
  readonly admin: Someone;
  readonly otherAdmin: Someone;
  readonly foreignAdmin: Someone;
  readonly caseId: string;
  readonly talkId: string;
  readonly talkOfB: string;
  /** Sent by P1 in the talk with A, and in the one with B. */
  readonly fileId: string;
  readonly fileOfB: string;
  grant(by?: Someone): Promise<BreakGlassGrant>;
  /** What a grant opens, to its administrator unless somebody else knocks. */
  messagesOf(grant: Pick<BreakGlassGrant, 'id'>, by?: Someone): ReturnType<Client['listBreakGlassMessages']>;
  fileOf(grant: Pick<BreakGlassGrant, 'id'>, attachmentId: string, by?: Someone): Promise<Result<Blob>>;
  /** What was recorded with a grant's id, in order. */
  auditsOf(grantId: string): Promise<{ action: string; actor_id: string; talk_id: string }[]>;
}

export const gif = (name = 'knee.gif'): File => new File([onePixel], name, { type: 'image/gif' });
const onePixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** @returns the id of the file */
export async function sendFileIn(talkId: string, sender: Someone, file = gif()): Promise<string> {
  const { id } = answer(await sender.client.upload('uploadTalkFile', { params: { talkId } }, file));
  answer(await sender.client.sendMessage({ params: { talkId }, body: { attachmentIds: [id] } }));
  return id;
}

export async function emergencyWorld(): Promise<EmergencyWorld> {
  const api = await startApi();
  const practice = await addPractice(api);
  const elsewhere = await addPractice(api, 'Cedar Hill Specialists');
  const A = await addClinician(api, practice, 'doctor', 'Dr. Ada Okafor');
  const B = await addClinician(api, practice);
  const S = await addClinician(api, practice, 'staff');
  const X = await addClinician(api, elsewhere);
  const admin = await addClinician(api, practice, 'administrator', 'Grace Lim');
  const otherAdmin = await addClinician(api, practice, 'administrator', 'Omar Haddad');
  const foreignAdmin = await addClinician(api, elsewhere, 'administrator');
  const P1 = await addPatient(api);
  const P2 = await addPatient(api, 'Walter Boone');
  const caseId = await addCase(A, 'Ana Ruiz', B, S);
  await openTalk(X, await addCase(X, 'Walter Boone'), P2);
  const talkId = await openTalk(A, caseId, P1);
  const talkOfB = await openTalk(B, caseId, P1);
  answer(await P1.client.sendMessage({ params: { talkId }, body: { text: 'My tongue is swelling.' } }));
  answer(await P1.client.sendMessage({ params: { talkId: talkOfB }, body: { text: 'Only for Dr. B.' } }));
  return {
    api,
    A,
    B,
    S,
    X,
    P1,
    P2,
    admin,
    otherAdmin,
    foreignAdmin,
    caseId,
    talkId,
    talkOfB,
    fileId: await sendFileIn(talkId, P1),
    fileOfB: await sendFileIn(talkOfB, P1),
    grant: async (by = admin) =>
      answer(await by.client.startBreakGlass({ body: { caseId, clinicianId: A.id, reason, minutes: 15 } })),
    messagesOf: ({ id }, by = admin) => by.client.listBreakGlassMessages({ params: { grantId: id } }),
    fileOf: ({ id }, attachmentId, by = admin) =>
      by.client.download('downloadBreakGlassAttachment', { params: { grantId: id, attachmentId } }),
    auditsOf: async (grantId) =>
      (
        await api.sql.query<{ action: string; actor_id: string; talk_id: string }>(
          'select action, actor_id, talk_id from audit_events where grant_id = $1 order by at, id',
          [grantId],
        )
      ).rows,
  };
}

/** Runs statements as the API's own login while it acts for somebody, and undoes them. */
export async function actingAs<T>(
  api: TestApi,
  role: 'casetalk_clinician' | 'casetalk_patient' | 'casetalk_break_glass',
  viewerId: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: api.deps.settings.DATABASE_URL });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('role', $1, true), set_config('app.viewer', $2, true)`, [
      role,
      viewerId,
    ]);
    return await work(client);
  } finally {
    await client.query('rollback');
    await client.end();
  }
}
