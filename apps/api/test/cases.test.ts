import type { Case, ClinicianRole } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';
import { listen } from './support/stream.ts';

let api: TestApi;
let practice: string;
let doctor: Someone;
let manager: Someone;
let stranger: Someone;
let patient: Someone;

beforeAll(async () => {
  api = await startApi();
  practice = await addPractice(api);
  doctor = await addClinician(api, practice, 'doctor', 'Dr Mei Chen');
  manager = await addClinician(api, practice, 'caseManager', 'Joan Field');
  stranger = await addClinician(api, await addPractice(api, 'Cedar Hill Specialists'));
  patient = await addPatient(api);
});
afterAll(() => api.close());

const colleague = (role: ClinicianRole = 'doctor', name?: string) => addClinician(api, practice, role, name);
const get = async (viewer: Someone, caseId: string): Promise<Case> =>
  answer(await viewer.client.getCase({ params: { caseId } }));
const list = async (viewer: Someone) => answer(await viewer.client.listCases());

describe('opening a case', () => {
  test('makes its creator the first member, once for each key', async () => {
    const key = crypto.randomUUID();
    const body = { patientName: 'Ana Ruiz', patientBirthDate: '1988-04-17', title: 'Knee pain' };
    const made = await Promise.all(
      Array.from({ length: 10 }, () => doctor.client.createCase({ body }, { idempotencyKey: key })),
    );
    const ids = new Set(made.map((result) => answer(result).id));
    expect(ids.size).toBe(1);
    const [id = ''] = ids;
    expect(made[0]?.headers?.get('location')).toBe(`/v1/cases/${id}`);
    expect(await get(doctor, id)).toMatchObject({ myRole: 'member', memberCount: 1, version: 1 });
    const other = await doctor.client.createCase(
      { body: { ...body, title: 'Hip' } },
      { idempotencyKey: key },
    );
    expect(outcome(other)).toBe('idempotency-key-reused');
  });

  test('is not for administrators, who see no case either', async () => {
    const administrator = await colleague('administrator');
    const caseId = await addCase(doctor);
    const body = { patientName: 'Ana Ruiz', patientBirthDate: '1988-04-17', title: 'Knee' };
    expect(outcome(await administrator.client.createCase({ body }))).toBe('not-found');
    expect(await list(administrator)).toEqual({ data: [], nextCursor: null, total: 0 });
    expect(outcome(await administrator.client.getCase({ params: { caseId } }))).toBe('not-found');
    expect(
      outcome(await doctor.client.addCaseMember({ params: { caseId, clinicianId: administrator.id } })),
    ).toBe('not-found');
  });

  test.each([
    { patientBirthDate: '2999-01-01' },
    { patientName: ' ' },
    { title: '' },
    { practiceId: crypto.randomUUID() },
  ])('refuses %j', async (wrong) => {
    const body = { patientName: 'Ana Ruiz', patientBirthDate: '1988-04-17', title: 'Knee', ...wrong };
    expect(outcome(await doctor.client.createCase({ body }))).toBe('invalid-request');
  });
});

describe('a case', () => {
  test('is there for its members and their practices’ case managers, and for nobody else', async () => {
    const member = await colleague('staff');
    const caseId = await addCase(doctor, 'Ana Ruiz', member);
    expect((await get(member, caseId)).myRole).toBe('member');
    expect((await get(manager, caseId)).myRole).toBe('caseManager');
    const unrelated = [stranger, await colleague(), await colleague('staff')];
    for (const { client } of unrelated) {
      expect(outcome(await client.getCase({ params: { caseId } }))).toBe('not-found');
      expect(outcome(await client.listCaseMembers({ params: { caseId } }))).toBe('not-found');
    }
    // A case of staff alone is no doctor's, so no manager's.
    const staffCase = await addCase(member);
    expect(outcome(await manager.client.getCase({ params: { caseId: staffCase } }))).toBe('not-found');
  });

  test('names who can read what, from the rules that guard the reading', async () => {
    const member = await colleague('staff', 'Ben Okafor');
    const caseId = await addCase(doctor, 'Ana Ruiz', member);
    const seen = await get(manager, caseId);
    expect(seen.doctorTalkAudience).toEqual({
      kind: 'case',
      people: [
        { id: member.id, name: 'Ben Okafor', role: 'clinician' },
        { id: doctor.id, name: 'Dr Mei Chen', role: 'clinician' },
        { id: manager.id, name: 'Joan Field', role: 'clinician' },
      ],
    });
    expect(seen.patientTalkAudience).toEqual({
      kind: 'private',
      people: [
        { id: manager.id, name: 'Joan Field', role: 'clinician' },
        { id: null, name: 'Ana Ruiz', role: 'patient' },
      ],
    });
  });

  test('shows each viewer her own talk and nothing of another’s', async () => {
    const member = await colleague();
    const caseId = await addCase(doctor, 'Ana Ruiz', member);
    const before = await get(member, caseId);
    const talkId = await openTalk(doctor, caseId, patient);
    answer(await patient.client.sendMessage({ params: { talkId }, body: { text: 'Hello' } }));
    expect(await get(doctor, caseId)).toMatchObject({
      myTalk: { id: talkId, state: 'active', unread: 1 },
      patientTalkAudience: { people: [{ id: doctor.id }, { id: patient.id }] },
      abilities: { invite: false },
    });
    // To the byte what it was before there was a talk.
    expect(await get(member, caseId)).toEqual(before);
    expect((await list(member)).data.find(({ id }) => id === caseId)).toMatchObject({
      myTalk: { id: null, state: 'notInvited', unread: 0 },
    });
  });

  test('lets a new invitation go out only when none is under way and nobody has joined', async () => {
    const caseId = await addCase(doctor);
    const invite = async () => (await get(doctor, caseId)).abilities.invite;
    expect(await invite()).toBe(true);
    const invited = answer(
      await doctor.client.createInvitation({ params: { caseId }, body: { email: 'somebody@example.com' } }),
    );
    expect(await invite()).toBe(false);
    answer(await doctor.client.revokeInvitation({ params: { invitationId: invited.id } }));
    expect(await invite()).toBe(true);
    answer(
      await doctor.client.updateCase({ params: { caseId }, body: { status: 'closed' } }, { ifMatch: 1 }),
    );
    expect(await invite()).toBe(false);
  });
});

describe('changing a case', () => {
  test('needs the version that it is based on, and of two at once lets one through', async () => {
    const caseId = await addCase(doctor);
    const change = (title: string, version?: number) =>
      doctor.client.updateCase(
        { params: { caseId }, body: { title } },
        version === undefined ? {} : { ifMatch: version },
      );
    const without = await change('No version');
    expect(without).toMatchObject({ problem: { code: 'invalid-request', errors: [{ in: 'header' }] } });
    const results = await Promise.all(['Left', 'Right', 'Middle'].map((title) => change(title, 1)));
    expect(results.map(outcome).toSorted()).toEqual(['ok', 'version-conflict', 'version-conflict']);
    const winner = results.find((result) => result.ok);
    expect(winner?.headers?.get('etag')).toBe('"2"');
    expect(await get(doctor, caseId)).toEqual(winner?.data);
    expect(outcome(await change('Once more', 2))).toBe('ok');
  });

  test('leaves alone what it does not name, and is told to everyone who sees the case', async () => {
    const member = await colleague();
    const caseId = await addCase(doctor, 'Ana Ruiz', member);
    const streams = await Promise.all([member, manager, stranger].map(({ client }) => listen(client)));
    answer(
      await doctor.client.updateCase({ params: { caseId }, body: { description: 'Fell.' } }, { ifMatch: 1 }),
    );
    const [one, two, three] = streams;
    for (const stream of [one, two]) {
      expect(await stream?.heard(({ type }) => type === 'case.changed')).toEqual({
        type: 'case.changed',
        caseId,
      });
    }
    const own = await addCase(stranger);
    await three?.heard(({ type }) => type === 'case.changed');
    expect(three?.seen).toEqual([{ type: 'case.changed', caseId: own }]);
    for (const stream of streams) stream.close();
    expect(await get(doctor, caseId)).toMatchObject({
      title: 'Knee pain after a fall',
      description: 'Fell.',
      status: 'open',
    });
  });
});

describe('members', () => {
  test('come from any practice, and adding one again changes nothing', async () => {
    const caseId = await addCase(doctor);
    const membership = { params: { caseId, clinicianId: stranger.id } };
    const [first, again] = [
      answer(await doctor.client.addCaseMember(membership)),
      answer(await stranger.client.addCaseMember(membership)),
    ];
    expect(first).toMatchObject({ addedBy: 'Dr Mei Chen', clinician: { id: stranger.id } });
    expect(again).toEqual(first);
    const { data } = answer(await stranger.client.listCaseMembers({ params: { caseId } }));
    expect(data.map(({ clinician }) => clinician.id)).toEqual([doctor.id, stranger.id]);
    const { rows } = await api.sql.query(
      `select from audit_events where case_id = $1 and action = 'caseMember.added'`,
      [caseId],
    );
    expect(rows).toHaveLength(1);
  });

  test('lose the case the moment they are removed', async () => {
    const member = await colleague();
    const caseId = await addCase(doctor, 'Ana Ruiz', member);
    const stream = await listen(member.client);
    const membership = { params: { caseId, clinicianId: member.id } };
    answer(await doctor.client.removeCaseMember(membership));
    expect(await stream.heard(({ type }) => type === 'case.changed')).toMatchObject({ caseId });
    stream.close();
    expect(outcome(await member.client.getCase({ params: { caseId } }))).toBe('not-found');
    expect((await list(member)).total).toBe(0);
    expect(outcome(await doctor.client.removeCaseMember(membership))).toBe('not-found');
  });

  test('never all leave: of two who remove each other at once one stays', async () => {
    for (let round = 0; round < 5; round += 1) {
      const other = await colleague('staff');
      const caseId = await addCase(doctor, 'Ana Ruiz', other);
      const results = await Promise.all([
        doctor.client.removeCaseMember({ params: { caseId, clinicianId: other.id } }),
        other.client.removeCaseMember({ params: { caseId, clinicianId: doctor.id } }),
      ]);
      // The slower one finds herself off the case, or the last one on it.
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      const { rows } = await api.sql.query('select from case_members where case_id = $1', [caseId]);
      expect(rows).toHaveLength(1);
    }
  });

  test('cannot remove the last one', async () => {
    const caseId = await addCase(doctor);
    const membership = { params: { caseId, clinicianId: doctor.id } };
    expect(outcome(await doctor.client.removeCaseMember(membership))).toBe('state-conflict');
    const { data } = answer(await doctor.client.listCaseMembers({ params: { caseId } }));
    expect(data.map(({ abilities }) => abilities.remove)).toEqual([false]);
    expect(outcome(await manager.client.removeCaseMember(membership))).toBe('state-conflict');
  });
});
