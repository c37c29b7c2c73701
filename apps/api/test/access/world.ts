import { addUnfinishedUpload } from '../support/unfinished-upload.ts';
import type { Client } from '@casetalk/client';
import { previewOf } from '../support/previews.ts';
import { newId } from '../../src/db/new-id.ts';
import { type TestApi, startApi } from '../support/api.ts';
import { tokenIn } from '../support/invitee.ts';
import {
  addCase,
  addClinician,
  addPatient,
  addPractice,
  openTalk,
  signedIn,
  type Someone,
} from '../support/people.ts';
import { answer } from '../support/result.ts';
import type { ActorName } from './matrix.ts';

/** Two practices, a case with a talk and its files, and everyone who might knock. */
export interface World {
  readonly api: TestApi;
  readonly A: Someone;
  readonly P1: Someone;
  readonly P2: Someone;
  readonly S: Someone;
  readonly caseId: string;
  readonly talkId: string;
  readonly messageId: string;
  readonly doctorTalkMessageId: string;
  /** The browser of each caller, signed in where they have an account. */
  clientOf(actor: ActorName): Client;
  /** A further one, whose session may be used up. */
  freshClientOf(actor: ActorName): Promise<Client>;
  /** A second session of A, begun again only when it was ended: a person has five at most. */
  otherSession(): Promise<string>;
  /** A file that P1 has uploaded and, when `sent`, sent in T(A,P1). */
  patientFile(sent: boolean): Promise<string>;
  /** An upload of P1's to T(A,P1) of which nothing has arrived. */
  unfinishedUpload(): Promise<string>;
  /** The same, sent, once its preview is there. */
  shownFile(): Promise<string>;
  sharedFile(): Promise<string>;
  /** A pending invitation of A on a case of its own, to P1 or to somebody without an account; a new one once it ended. */
  invitation(to: 'P1' | 'newcomer'): Promise<{ invitationId: string; email: string }>;
  /** The secret of a fresh invitation's or reset's link. */
  invitationToken(): Promise<string>;
  resetToken(): Promise<string>;
  /** The administrator's emergency access to T(A,P1); a new one once it ended. */
  grant(): Promise<string>;
  /** A's task about what is unread in T(A,P1). */
  task(): Promise<string>;
  addMember(): Promise<string>;
  /** A passkey of A, made anew for each call. */
  passkeyOfA(): Promise<string>;
}

export const picture = (): File => new File([onePixelGif], 'knee.gif', { type: 'image/gif' });
const onePixelGif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

export async function buildWorld(): Promise<World> {
  const api = await startApi();
  const practice = await addPractice(api);
  const elsewhere = await addPractice(api, 'Cedar Hill Specialists');
  const A = await addClinician(api, practice);
  const B = await addClinician(api, practice);
  const S = await addClinician(api, practice, 'staff');
  const M = await addClinician(api, practice, 'caseManager');
  const admin = await addClinician(api, practice, 'administrator');
  const X = await addClinician(api, elsewhere);
  const P1 = await addPatient(api);
  const P2 = await addPatient(api, 'Walter Boone');
  const caseId = await addCase(A, 'Ana Ruiz', B, S);
  const otherCase = await addCase(X, 'Walter Boone');
  const talkId = await openTalk(A, caseId, P1);
  await openTalk(X, otherCase, P2);
  const people = { A, B, S, M, admin, X, P1, P2 };

  const sent = answer(await P1.client.sendMessage({ params: { talkId }, body: { text: 'It still hurts.' } }));
  const word = answer(
    await S.client.sendDoctorTalkMessage({ params: { caseId }, body: { text: 'Please see her today.' } }),
  );
  let newcomers = 0;
  const waiting = new Map<'P1' | 'newcomer', { invitationId: string; email: string }>();
  let second: Client | undefined;
  let granted: string | undefined;

  const world: World = {
    api,
    A,
    P1,
    P2,
    S,
    caseId,
    talkId,
    messageId: sent.id,
    doctorTalkMessageId: word.id,
    clientOf: (actor) =>
      actor === 'nobody' || actor === 'flow' ? api.browser('patient') : people[actor].client,
    async freshClientOf(actor) {
      if (actor === 'nobody' || actor === 'flow') return api.browser('patient');
      return signedIn(api, actor.startsWith('P') ? 'patient' : 'clinician', people[actor].email);
    },
    async otherSession() {
      const session = await second?.getSession();
      if (session?.ok) return session.data.sessionId;
      second = await signedIn(api, 'clinician', A.email);
      return answer(await second.getSession()).sessionId;
    },
    async patientFile(isSent) {
      const file = answer(await P1.client.upload('uploadTalkFile', { params: { talkId } }, picture()));
      if (isSent)
        answer(await P1.client.sendMessage({ params: { talkId }, body: { attachmentIds: [file.id] } }));
      return file.id;
    },
    unfinishedUpload: () => addUnfinishedUpload(api, talkId, P1.id),
    async shownFile() {
      const id = await world.patientFile(true);
      await previewOf(api, id);
      return id;
    },
    async sharedFile() {
      const attachmentId = await world.patientFile(true);
      return answer(await A.client.shareAttachment({ params: { attachmentId } })).id;
    },
    async invitation(to) {
      const last = waiting.get(to);
      const now =
        last && answer(await A.client.getInvitation({ params: { invitationId: last.invitationId } }));
      if (last && now?.abilities.revoke) return last;
      await forgetCaps(api);
      newcomers += 1;
      const email = to === 'P1' ? P1.email : `newcomer${newcomers}@example.com`;
      const fresh = await addCase(A);
      const made = answer(
        await A.client.createInvitation({
          params: { caseId: fresh },
          body: { email, mobile: '+14155550134' },
        }),
      );
      waiting.set(to, { invitationId: made.id, email });
      return { invitationId: made.id, email };
    },
    async invitationToken() {
      waiting.delete('newcomer');
      const { email } = await world.invitation('newcomer');
      return tokenIn(await api.mailroom.nextEmail({ to: email }));
    },
    async resetToken() {
      await forgetCaps(api);
      const before = (await api.mailroom.emails({ to: P2.email })).at(0)?.id;
      answer(await api.browser('patient').requestPasswordReset({ body: { email: P2.email } }));
      return tokenIn(await api.mailroom.nextEmail({ to: P2.email, ...(before ? { after: before } : {}) }));
    },
    async grant() {
      const { client } = admin;
      const now =
        granted === undefined
          ? undefined
          : answer(await client.getBreakGlassGrant({ params: { grantId: granted } }));
      if (now?.abilities.read) return now.id;
      const body = { caseId, clinicianId: A.id, reason: 'The doctor is away and it cannot wait.' };
      granted = answer(await client.startBreakGlass({ body })).id;
      return granted;
    },
    async task() {
      const id = newId();
      await api.sql.query(
        `insert into unread_tasks (id, talk_id, case_id, clinician_id, reader, unread_since, due_at)
         values ($1, $2, $3, $4, 'clinician', now() - interval '4 days', now() - interval '1 day')
         on conflict (talk_id, reader) do update set id = excluded.id, done_at = null`,
        [id, talkId, caseId, A.id],
      );
      return id;
    },
    async addMember() {
      const member = await addClinician(api, practice, 'staff');
      answer(await A.client.addCaseMember({ params: { caseId, clinicianId: member.id } }));
      return member.id;
    },
    async passkeyOfA() {
      const id = newId();
      await api.sql.query(
        `insert into passkeys (id, portal, clinician_id, credential_id, public_key, counter, transports, synced, name)
         values ($1, 'clinician', $2, $3, '', 0, '{}', false, 'Work laptop')`,
        [id, A.id, Buffer.from(id)],
      );
      return id;
    },
  };
  return world;
}

/** Caps on mails and invitations are another test's matter. */
const forgetCaps = (api: TestApi) => api.sql.query('delete from rate_counters');
