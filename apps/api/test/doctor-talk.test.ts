import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPractice, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';
import { listen } from './support/stream.ts';

let api: TestApi;
let doctor: Someone;
let nurse: Someone;
let manager: Someone;
let stranger: Someone;

beforeAll(async () => {
  api = await startApi();
  const practice = await addPractice(api);
  doctor = await addClinician(api, practice, 'doctor', 'Dr Mei Chen');
  nurse = await addClinician(api, practice, 'staff', 'Ben Okafor');
  manager = await addClinician(api, practice, 'caseManager');
  stranger = await addClinician(api, await addPractice(api, 'Cedar Hill Specialists'));
});
afterAll(() => api.close());

const send = (from: Someone, caseId: string, text: string, key?: string) =>
  from.client.sendDoctorTalkMessage(
    { params: { caseId }, body: { text } },
    key ? { idempotencyKey: key } : {},
  );
const list = (viewer: Someone, caseId: string, query: Record<string, string | number> = {}) =>
  viewer.client.listDoctorTalkMessages({ params: { caseId }, query });
const mark = (reader: Someone, caseId: string, messageId: string) =>
  reader.client.markDoctorTalkRead({ params: { caseId }, body: { messageId } });
const unread = async (viewer: Someone, caseId: string) =>
  answer(await viewer.client.getCase({ params: { caseId } })).doctorTalkUnread;

test('everyone on the case reads and writes it, under their own name; a stranger finds nothing', async () => {
  const caseId = await addCase(doctor, 'Ana Ruiz', nurse);
  const first = answer(await send(doctor, caseId, 'Please call her.'));
  answer(await send(manager, caseId, 'I shall.'));
  const { data } = answer(await list(nurse, caseId));
  expect(data.map(({ text, sender }) => [sender.id, text])).toEqual([
    [manager.id, 'I shall.'],
    [doctor.id, 'Please call her.'],
  ]);
  expect(data[1]).toEqual({ ...first, mine: false });
  expect(first.sender).toEqual({
    id: doctor.id,
    name: 'Dr Mei Chen',
    jobTitle: 'Family physician',
    practiceName: 'Harbor Street Clinic',
  });
  for (const refused of [
    await list(stranger, caseId),
    await send(stranger, caseId, 'Hello'),
    await mark(stranger, caseId, first.id),
  ]) {
    expect(outcome(refused)).toBe('not-found');
  }
});

test('a member who was removed neither reads, writes nor hears it any more', async () => {
  const caseId = await addCase(doctor, 'Ana Ruiz', nurse);
  const stream = await listen(nurse.client);
  answer(await doctor.client.removeCaseMember({ params: { caseId, clinicianId: nurse.id } }));
  answer(await send(doctor, caseId, 'Without you'));
  const own = await addCase(nurse);
  answer(await send(nurse, own, 'A case of my own'));
  await stream.heard((event) => event.type === 'doctorTalk.message' && event.caseId === own);
  expect(stream.seen.filter((event) => event.type === 'doctorTalk.message')).toEqual([
    { type: 'doctorTalk.message', caseId: own },
  ]);
  stream.close();
  expect(outcome(await list(nurse, caseId))).toBe('not-found');
  expect(outcome(await send(nurse, caseId, 'Hello?'))).toBe('not-found');
});

test('sent ten times at once with one key it is one message, with other words it is refused', async () => {
  const caseId = await addCase(doctor);
  const key = crypto.randomUUID();
  const results = await Promise.all(Array.from({ length: 10 }, () => send(doctor, caseId, 'Once', key)));
  expect(new Set(results.map((result) => answer(result).id)).size).toBe(1);
  expect(outcome(await send(doctor, caseId, 'Twice', key))).toBe('idempotency-key-reused');
  // The same key is another thing in another person's hands.
  answer(await send(manager, caseId, 'Twice', key));
  expect(answer(await list(doctor, caseId)).data).toHaveLength(2);
  const { rows } = await api.sql.query(
    `select from audit_events where case_id = $1 and actor_id = $2 and action = 'doctorTalk.sent'`,
    [caseId, doctor.id],
  );
  expect(rows).toHaveLength(1);
});

test('what others wrote is unread until it is marked, and a mark never goes back', async () => {
  const caseId = await addCase(doctor, 'Ana Ruiz', nurse);
  const ids: string[] = [];
  for (const text of ['one', 'two', 'three']) ids.push(answer(await send(doctor, caseId, text)).id);
  const [one = '', two = '', three = ''] = ids;
  expect([await unread(nurse, caseId), await unread(doctor, caseId)]).toEqual([3, 0]);
  expect(answer(await mark(nurse, caseId, two))).toMatchObject({ unread: 1 });
  expect(answer(await mark(nurse, caseId, one))).toMatchObject({ unread: 1 });
  expect(await unread(nurse, caseId)).toBe(1);
  // Each has a mark of their own.
  expect(await unread(manager, caseId)).toBe(3);
  expect(answer(await mark(nurse, caseId, three)).unread).toBe(0);
  const elsewhere = await addCase(doctor, 'Ana Ruiz', nurse);
  expect(outcome(await mark(nurse, elsewhere, three))).toBe('not-found');
});

test('pages hold each message once, the newest first, while many write at once', async () => {
  const caseId = await addCase(doctor, 'Ana Ruiz', nurse);
  await Promise.all(
    Array.from({ length: 12 }, async (_, index) =>
      answer(await send(index % 2 === 0 ? doctor : nurse, caseId, `${index}`)),
    ),
  );
  const whole = answer(await list(doctor, caseId)).data;
  const paged: typeof whole = [];
  let cursor: string | null = null;
  do {
    const page: { data: typeof whole; nextCursor: string | null } = answer(
      await list(doctor, caseId, { limit: 5, ...(cursor ? { cursor } : {}) }),
    );
    paged.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor);
  expect(paged).toEqual(whole);
  expect(new Set(whole.map(({ text }) => text)).size).toBe(12);
});

test.each(['', '   ', 'a\u0000b'])('%j is no message', async (text) => {
  const caseId = await addCase(doctor);
  expect(outcome(await send(doctor, caseId, text))).toBe('invalid-request');
});
