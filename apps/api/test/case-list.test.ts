import type { CaseSummary } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';

let api: TestApi;
let practice: string;
let doctor: Someone;
let manager: Someone;

beforeAll(async () => {
  api = await startApi();
  practice = await addPractice(api);
  doctor = await addClinician(api, practice);
  manager = await addClinician(api, practice, 'caseManager');
  // In nobody else's list: a colleague's, one of staff alone, one of another practice.
  await addCase(doctor);
  await addCase(await addClinician(api, practice, 'staff'));
  await addCase(await addClinician(api, await addPractice(api, 'Cedar Hill Specialists')));
});
afterAll(() => api.close());

const list = async (viewer: Someone, query: Record<string, string | number> = {}) =>
  answer(await viewer.client.listCases({ query }));
const create = (owner: Someone, patientName: string, title: string) =>
  owner.client.createCase({ body: { patientName, patientBirthDate: '1988-04-17', title } });
/** All pages of a list, which must agree on the total and repeat nothing. */
async function all(viewer: Someone, query: Record<string, string | number>): Promise<CaseSummary[]> {
  const found: CaseSummary[] = [];
  const totals: number[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list(viewer, {
      ...query,
      ...(cursor ? { cursor } : {}),
    });
    found.push(...page.data);
    totals.push(page.total);
    cursor = page.nextCursor;
  } while (cursor);
  expect(new Set(totals)).toEqual(new Set([found.length]));
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  return found;
}

describe('the list', () => {
  let owner: Someone;
  const titles = ['Ankle', 'back 50%', 'Chest', 'back 50 days', 'ear_ache'];
  const names = ['Zoë Adams', 'ana Ruiz', 'Ben Ali', 'Ana Ruiz', 'Carla Diaz'];

  beforeAll(async () => {
    owner = await addClinician(api, practice);
    for (const [index, title] of titles.entries()) answer(await create(owner, names[index] ?? '', title));
  });

  test.each([
    ['updated', 'descending'],
    ['updated', 'ascending'],
    ['title', 'ascending'],
    ['title', 'descending'],
    ['patient', 'ascending'],
    ['patient', 'descending'],
  ])('sorted by %s %s is the same in pages of two as in one', async (sort, direction) => {
    const whole = (await list(owner, { sort, direction })).data;
    expect(await all(owner, { sort, direction, limit: 2 })).toEqual(whole);
    expect(whole.toReversed().map(({ id }) => id)).toEqual(
      (
        await list(owner, { sort, direction: direction === 'ascending' ? 'descending' : 'ascending' })
      ).data.map(({ id }) => id),
    );
  });

  test('sorts as people do, capitals or not, the latest change first unless asked otherwise', async () => {
    const byTitle = (await list(owner, { sort: 'title' })).data.map(({ title }) => title);
    expect(byTitle.map((title) => title.slice(0, 1).toLowerCase())).toEqual(['a', 'b', 'b', 'c', 'e']);
    const byChange = (await list(owner)).data.map(({ title }) => title);
    expect(byChange).toEqual(titles.toReversed());
  });

  test('takes no cursor of another order', async () => {
    const { nextCursor } = await list(owner, { sort: 'title', limit: 2 });
    const mixed = await owner.client.listCases({ query: { sort: 'patient', cursor: nextCursor ?? '' } });
    expect(outcome(mixed)).toBe('invalid-request');
  });

  test.each([
    ['50%', ['back 50%']],
    ['R_ACHE', ['ear_ache']],
    ['RUIZ', ['back 50%', 'back 50 days']],
    ['zoë', ['Ankle']],
    ['\\', []],
  ])('searched for %s finds %j', async (search, found) => {
    const page = await list(owner, { search, sort: 'updated', direction: 'ascending' });
    expect(page.data.map(({ title }) => title)).toEqual(found);
    expect(page.total).toBe(found.length);
  });

  test('holds every case of the practice’s doctors for a case manager, and counts them once', async () => {
    const twice = await addCase(owner, 'Ana Ruiz', manager, doctor);
    const mine = (await all(manager, { limit: 100 })).filter(({ id }) => id === twice);
    expect(mine).toMatchObject([{ myRole: 'member' }]);
    const { rows } = await api.sql.query<{ count: number }>(
      `select count(distinct m.case_id)::int as count from case_members m join clinicians c on c.id = m.clinician_id
       where c.practice_id = $1 and c.role = 'doctor'`,
      [practice],
    );
    expect((await list(manager, { limit: 1 })).total).toBe(rows[0]?.count);
  });

  test('filters by status and by what is unread, in the talk or in the doctor talk', async () => {
    const [viewer, other] = [await addClinician(api, practice), await addClinician(api, practice)];
    const [quiet, talked, discussed] = [
      await addCase(viewer, 'Ana Ruiz', other),
      await addCase(viewer, 'Ana Ruiz', other),
      await addCase(viewer, 'Ana Ruiz', other),
    ];
    const patient = await addPatient(api);
    const talkId = await openTalk(viewer, talked, patient);
    answer(await patient.client.sendMessage({ params: { talkId }, body: { text: 'Hello' } }));
    for (const text of ['One', 'Two']) {
      answer(await other.client.sendDoctorTalkMessage({ params: { caseId: discussed }, body: { text } }));
    }
    const unread = (await list(viewer, { unread: 'true', direction: 'ascending' })).data;
    expect(unread.map(({ id, myTalk, doctorTalkUnread }) => [id, myTalk.unread, doctorTalkUnread])).toEqual([
      [talked, 1, 0],
      [discussed, 0, 2],
    ]);
    // One's own words are no news.
    expect((await list(other, { unread: 'true' })).total).toBe(0);
    answer(
      await viewer.client.updateCase(
        { params: { caseId: quiet }, body: { status: 'closed' } },
        { ifMatch: 1 },
      ),
    );
    expect((await list(viewer, { status: 'closed' })).data.map(({ id }) => id)).toEqual([quiet]);
    expect((await list(viewer, { status: 'open' })).total).toBe(2);
  });
});
