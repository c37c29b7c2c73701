import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';
import { listen } from './support/stream.ts';

let api: TestApi;
let practice: string;
let doctor: Someone;
let patient: Someone;

beforeAll(async () => {
  // What becomes of an invitation's email is told on the streams as well, whenever that may be.
  api = await startApi({}, undefined, { withWorker: false });
  practice = await addPractice(api);
  doctor = await addClinician(api, practice, 'doctor', 'Dr Mei Chen');
  patient = await addPatient(api);
});
afterAll(() => api.close());

const send = async (from: Someone, talkId: string, text: string) =>
  answer(await from.client.sendMessage({ params: { talkId }, body: { text } }));
const mark = async (reader: Someone, talkId: string, messageId: string) =>
  answer(await reader.client.markTalkRead({ params: { talkId }, body: { messageId } }));
const get = async (viewer: Someone, talkId: string) =>
  answer(await viewer.client.getTalk({ params: { talkId } }));
const newest = async (viewer: Someone, talkId: string) => {
  const [message] = answer(await viewer.client.listMessages({ params: { talkId } })).data;
  if (!message) throw new Error('There is no message.');
  return message;
};
/** What each way of asking for a talk answers. */
const doors = async ({ client }: Someone, talkId: string, messageId: string) => {
  const params = { talkId };
  return {
    get: outcome(await client.getTalk({ params })),
    list: outcome(await client.listMessages({ params })),
    send: outcome(await client.sendMessage({ params, body: { text: 'Let me in' } })),
    mark: outcome(await client.markTalkRead({ params, body: { messageId } })),
    inInbox: answer(await client.listTalks()).data.some(({ id }) => id === talkId),
  };
};
const closed = {
  get: 'not-found',
  list: 'not-found',
  send: 'not-found',
  mark: 'not-found',
  inInbox: false,
};

describe('who sees a talk', () => {
  test('its two people, and no colleague, case manager, administrator or other patient', async () => {
    const others = await Promise.all([
      addClinician(api, practice),
      addClinician(api, practice, 'staff'),
      addClinician(api, practice, 'caseManager'),
      addClinician(api, practice, 'administrator'),
      addPatient(api, 'Walter Boone'),
    ]);
    const caseId = await addCase(doctor, 'Ana Ruiz', ...others.slice(0, 2));
    const talkId = await openTalk(doctor, caseId, patient);
    const { id } = await send(doctor, talkId, 'For you alone');
    for (const other of others) expect(await doors(other, talkId, id)).toEqual(closed);
    const people = [
      { id: doctor.id, name: 'Dr Mei Chen', role: 'clinician' },
      { id: patient.id, name: 'Ana Ruiz', role: 'patient' },
    ];
    for (const one of [doctor, patient]) {
      expect((await get(one, talkId)).audience).toEqual({ kind: 'private', people });
    }
  });

  test('the clinician alone until the patient has joined, who then finds what was written', async () => {
    const caseId = await addCase(doctor);
    const invited = answer(
      await doctor.client.createInvitation({
        params: { caseId },
        body: { email: patient.email, firstMessage: 'Good to meet you.' },
      }),
    );
    const { id: invitationId, talkId } = invited;
    expect(await get(doctor, talkId)).toMatchObject({
      state: 'waiting',
      abilities: { send: true },
      audience: { people: [{ id: doctor.id }, { id: null, name: 'Ana Ruiz' }] },
    });
    const early = await send(doctor, talkId, 'Please bring your pictures.');
    expect(await doors(patient, talkId, early.id)).toEqual(closed);
    answer(await patient.client.acceptInvitation({ params: { invitationId } }));
    expect(await get(patient, talkId)).toMatchObject({ state: 'active', unread: 2 });
    const { data } = answer(await patient.client.listMessages({ params: { talkId } }));
    expect(data.map(({ text }) => text)).toEqual(['Please bring your pictures.', 'Good to meet you.']);
  });

  test('no longer the clinician once she is taken off the case; the patient keeps it and is told so', async () => {
    const colleague = await addClinician(api, practice);
    const caseId = await addCase(doctor, 'Ana Ruiz', colleague);
    const talkId = await openTalk(colleague, caseId, patient);
    const { id } = await send(patient, talkId, 'Are you there?');
    const [hers, his] = await Promise.all([listen(colleague.client), listen(patient.client)]);
    const membership = { params: { caseId, clinicianId: colleague.id } };
    answer(await doctor.client.removeCaseMember(membership));
    await hers.heard(({ type }) => type === 'case.changed');
    expect(await his.heard(({ type }) => type === 'talk.changed')).toMatchObject({ talkId });
    hers.close();
    his.close();
    expect(await doors(colleague, talkId, id)).toEqual(closed);
    expect(answer(await colleague.client.listTalks()).unreadTotal).toBe(0);
    expect(await get(patient, talkId)).toMatchObject({
      abilities: { send: false },
      audience: { people: [{ id: patient.id }] },
    });
    expect((await newest(patient, talkId)).id).toBe(id);
    const late = await patient.client.sendMessage({ params: { talkId }, body: { text: 'Hello?' } });
    expect(outcome(late)).toBe('state-conflict');
    // Back on the case, the talk is hers again with all that is in it.
    answer(await doctor.client.addCaseMember(membership));
    expect(await doors(colleague, talkId, id)).toMatchObject({ get: 'ok', list: 'ok', inInbox: true });
  });

  test('a case manager who has one of her own, as long as a doctor of her practice is on the case', async () => {
    const manager = await addClinician(api, practice, 'caseManager');
    const elsewhere = await addClinician(api, await addPractice(api, 'Cedar Hill Specialists'));
    const caseId = await addCase(doctor, 'Ana Ruiz', elsewhere);
    const talkId = await openTalk(manager, caseId, patient);
    const { id } = await send(patient, talkId, 'A question about the bill');
    expect((await newest(manager, talkId)).id).toBe(id);
    answer(await elsewhere.client.removeCaseMember({ params: { caseId, clinicianId: doctor.id } }));
    expect(await doors(manager, talkId, id)).toEqual(closed);
  });
});

describe('reading', () => {
  test('moves forward only, counts anew what is unread, and shows to the other one', async () => {
    const talkId = await openTalk(doctor, await addCase(doctor), patient);
    const sent = [];
    for (const text of ['one', 'two', 'three']) sent.push(await send(patient, talkId, text));
    const [one, two, three] = sent;
    if (!one || !two || !three) throw new Error('Three messages were sent.');
    expect(await mark(doctor, talkId, two.id)).toEqual({ unread: 1, readAt: two.createdAt });
    expect(await mark(doctor, talkId, one.id)).toEqual({ unread: 1, readAt: two.createdAt });
    expect(await get(doctor, talkId)).toMatchObject({ unread: 1, myReadAt: two.createdAt });
    expect(await get(patient, talkId)).toMatchObject({ otherReadAt: two.createdAt });
    const { data } = answer(await patient.client.listMessages({ params: { talkId } }));
    expect(data.slice(0, 3).map(({ readAt }) => readAt !== null)).toEqual([false, true, true]);
    expect(await mark(doctor, talkId, three.id)).toEqual({ unread: 0, readAt: three.createdAt });
    expect(answer(await doctor.client.listTalks({ query: { unread: 'true' } })).data).not.toContainEqual(
      expect.objectContaining({ id: talkId }),
    );
  });

  test('up to one’s own message reads what the other one wrote before it', async () => {
    const talkId = await openTalk(doctor, await addCase(doctor), patient);
    const question = await send(patient, talkId, 'May I walk?');
    const reply = await send(doctor, talkId, 'Yes');
    expect(await mark(doctor, talkId, reply.id)).toEqual({ unread: 0, readAt: question.createdAt });
  });

  test('is recorded when it moves the mark, and not when it changes nothing', async () => {
    const talkId = await openTalk(doctor, await addCase(doctor), patient);
    const { id } = await send(patient, talkId, 'Thank you');
    for (let again = 0; again < 3; again += 1) await mark(doctor, talkId, id);
    answer(await doctor.client.listMessages({ params: { talkId } }));
    const { rows } = await api.sql.query<{ action: string; times: number }>(
      `select action, count(*)::int as times from audit_events
       where talk_id = $1 and actor_id = $2 and action like 'talk.%' group by action order by action`,
      [talkId, doctor.id],
    );
    expect(rows).toEqual([
      { action: 'talk.markedRead', times: 1 },
      { action: 'talk.read', times: 1 },
    ]);
  });

  test('takes a message of this talk alone', async () => {
    const [talkId, other] = [
      await openTalk(doctor, await addCase(doctor), patient),
      await openTalk(doctor, await addCase(doctor), patient),
    ];
    const { id } = await send(patient, other, 'Elsewhere');
    const marked = await doctor.client.markTalkRead({ params: { talkId }, body: { messageId: id } });
    expect(outcome(marked)).toBe('not-found');
    expect((await get(doctor, other)).unread).toBe(1);
  });

  test('for the first time tells the inviting clinician, and both hear of the mark', async () => {
    const caseId = await addCase(doctor);
    const talkId = await openTalk(doctor, caseId, patient);
    const [hers, his] = await Promise.all([listen(doctor.client), listen(patient.client)]);
    const first = await newest(patient, talkId);
    // What is told of the invitation's acceptance may still be on its way; it comes before this.
    await send(patient, talkId, 'I am here');
    await hers.heard((event) => event.type === 'talk.message' && event.talkId === talkId);
    const before = hers.seen.length;
    await mark(patient, talkId, first.id);
    const read = { type: 'talk.read', talkId, caseId };
    expect(await hers.heard(({ type }) => type === 'talk.read')).toEqual(read);
    expect(await his.heard(({ type }) => type === 'talk.read')).toEqual(read);
    const [invitation] = answer(await doctor.client.listMyInvitations({ params: { caseId } })).data;
    const changed = { type: 'invitation.changed', invitationId: invitation?.id, caseId };
    expect(
      await hers.heard((event) => event.type === changed.type && hers.seen.indexOf(event) >= before),
    ).toEqual(changed);
    expect(invitation?.firstReadAt).not.toBeNull();
    await mark(patient, talkId, (await send(doctor, talkId, 'And how is it today?')).id);
    await hers.heard(
      (event) => event.type === 'talk.read' && hers.seen.filter((e) => e.type === 'talk.read').length > 1,
    );
    expect(hers.seen.slice(before).filter(({ type }) => type === changed.type)).toEqual([changed]);
    hers.close();
    his.close();
  });

  test('settles the notice that was due', async () => {
    const talkId = await openTalk(doctor, await addCase(doctor), patient);
    const due = async () => {
      const { rows } = await api.sql.query<{ due: string | null }>(
        'select clinician_notice_due_at::text as due from talks where id = $1',
        [talkId],
      );
      return rows[0]?.due ?? null;
    };
    expect(await due()).toBeNull();
    await send(patient, talkId, 'First of a burst');
    const first = await due();
    const last = await send(patient, talkId, 'Second');
    expect(first).not.toBeNull();
    expect(await due()).toBe(first);
    await mark(doctor, talkId, last.id);
    expect(await due()).toBeNull();
  });
});

describe('the inbox', () => {
  let reader: Someone;
  let talks: string[];

  beforeAll(async () => {
    reader = await addPatient(api, 'Rosa Ortiz');
    talks = [];
    for (let number = 0; number < 5; number += 1) {
      const clinician = await addClinician(api, practice, 'doctor', `Dr 50%_${number}`);
      const caseId = await addCase(clinician, 'Rosa Ortiz');
      talks.push(await openTalk(clinician, caseId, reader));
    }
  });

  const page = async (query: Record<string, string | number>) =>
    answer(await reader.client.listTalks({ query }));

  test('has the latest message first, page by page', async () => {
    const [first, , third] = talks;
    if (!first || !third) throw new Error('Five talks were opened.');
    await send(reader, third, 'Now this one is the latest');
    await send(reader, first, 'And now this one');
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const next: Awaited<ReturnType<typeof page>> = await page({ limit: 2, ...(cursor ? { cursor } : {}) });
      found.push(...next.data.map(({ id }) => id));
      cursor = next.nextCursor;
    } while (cursor);
    expect(found).toEqual([first, third, talks[4], talks[3], talks[1]]);
  });

  test('tells all that is unread, whatever the filter', async () => {
    const [, second] = talks;
    if (!second) throw new Error('Five talks were opened.');
    await mark(reader, second, (await newest(reader, second)).id);
    const unread = await page({ unread: 'true' });
    expect(unread.unreadTotal).toBe(4);
    expect(unread.data.map(({ id }) => id)).not.toContain(second);
    expect(await page({ search: 'nobody of this name' })).toMatchObject({ data: [], unreadTotal: 4 });
  });

  test('finds by name, practice and case title, taking every character as itself', async () => {
    expect((await page({ search: '50%_3' })).data.map(({ id }) => id)).toEqual([talks[3]]);
    expect((await page({ search: '%%' })).data).toEqual([]);
    expect((await page({ search: 'HARBOR' })).data).toHaveLength(5);
    expect((await page({ search: 'knee pain' })).data).toHaveLength(5);
    const [one] = (await page({ limit: 1 })).data;
    expect((await page({ caseId: one?.caseId ?? '' })).data.map(({ id }) => id)).toEqual([one?.id]);
  });

  test('cuts long messages after 140 characters and speaks the patient’s language', async () => {
    const [first] = talks;
    if (!first) throw new Error('Five talks were opened.');
    await send(reader, first, 'é'.repeat(200));
    answer(await reader.client.updateMe({ body: { language: 'es' } }));
    const [top] = (await page({ limit: 1 })).data;
    expect(top).toMatchObject({
      lastMessage: { excerpt: 'é'.repeat(140), mine: true },
      clinician: { replyTime: 'en un día', practicePhone: '(415) 555-0110' },
    });
  });
});
