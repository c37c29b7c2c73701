import { randomUUID } from 'node:crypto';
import type { Attachment, CaseAttachment } from '@casetalk/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';
import { samples } from './support/sample-files.ts';
import { listen } from './support/stream.ts';

let api: TestApi;
let doctor: Someone;
let staff: Someone;
let manager: Someone;
let outsider: Someone;
let patient: Someone;
let caseId: string;
let talkId: string;

beforeAll(async () => {
  api = await startApi();
  const practice = await addPractice(api);
  doctor = await addClinician(api, practice, 'doctor', 'Dr Mei Chen');
  staff = await addClinician(api, practice, 'staff', 'Abel Stone');
  manager = await addClinician(api, practice, 'caseManager', 'Zoe Park');
  outsider = await addClinician(api, await addPractice(api, 'Bay View Clinic'));
  patient = await addPatient(api);
  caseId = await addCase(doctor, 'Ana Ruiz', staff);
  talkId = await openTalk(doctor, caseId, patient);
});
afterAll(() => api.close());

const fileOf = (name: string, content: Buffer = samples.png): File =>
  new File([Uint8Array.from(content)], name);
async function sent(from: Someone, name = 'knee.png'): Promise<Attachment> {
  const params = { talkId };
  const { id } = answer(await from.client.upload('uploadTalkFile', { params }, fileOf(name)));
  const message = answer(await from.client.sendMessage({ params, body: { attachmentIds: [id] } }));
  const [attachment] = message.attachments;
  if (!attachment) throw new Error('The message has no file.');
  return attachment;
}
const share = (by: Someone, { id }: { id: string }) =>
  by.client.shareAttachment({ params: { attachmentId: id } });
const remove = async (by: Someone, { id }: CaseAttachment) =>
  outcome(await by.client.removeCaseAttachment({ params: { caseAttachmentId: id } }));
const download = async (by: Someone, { id }: CaseAttachment) =>
  outcome(await by.client.download('downloadCaseAttachment', { params: { caseAttachmentId: id } }));
const list = async (by: Someone, query = {}) =>
  answer(await by.client.listCaseAttachments({ params: { caseId }, query })).data;
const add = async (by: Someone, name: string, content?: Buffer, idempotencyKey = randomUUID()) =>
  by.client.upload('uploadCaseAttachment', { params: { caseId } }, fileOf(name, content), { idempotencyKey });
const audits = async (action: string, id: string): Promise<number> => {
  const { rows } = await api.sql.query<{ count: number }>(
    'select count(*)::int from audit_events where action = $1 and resource_id = $2',
    [action, id],
  );
  return rows[0]?.count ?? 0;
};

describe('Share File', () => {
  test('pressed by twenty at once makes one share and one audit event', async () => {
    const file = await sent(patient);
    const results = await Promise.all(Array.from({ length: 20 }, () => share(doctor, file)));
    const ids = new Set(results.map((result) => answer(result).id));
    expect(ids.size).toBe(1);
    expect(await audits('attachment.shared', file.id)).toBe(1);
    const { rows } = await api.sql.query(
      'select from case_attachments where file_id in (select file_id from attachments where id = $1)',
      [file.id],
    );
    expect(rows).toHaveLength(1);
  });

  test('shows everyone on the case the file, and nothing else of the talk', async () => {
    const file = await sent(patient, 'x-ray.png');
    const shared = answer(await share(doctor, file));
    for (const viewer of [doctor, staff, manager]) {
      const seen = (await list(viewer)).find(({ id }) => id === shared.id);
      expect(seen).toEqual({
        id: shared.id,
        caseId,
        name: 'x-ray.png',
        mediaType: 'image/png',
        kind: 'image',
        size: samples.png.length,
        scan: 'notScanned',
        // A pixel cut short: whether it has been looked at by now is a matter of time.
        preview: expect.stringMatching(/^(?:making|ready|none)$/),
        pages: seen?.pages ?? null,
        addedBy: { id: doctor.id, name: 'Dr Mei Chen' },
        addedAt: shared.addedAt,
        origin: 'patientTalk',
        withoutMetadata: true,
        abilities: { remove: viewer === doctor },
      });
      expect(await download(viewer, shared)).toBe('ok');
    }
    expect(await download(outsider, shared)).toBe('not-found');
    expect(outcome(await outsider.client.listCaseAttachments({ params: { caseId } }))).toBe('not-found');
    expect(
      outcome(await staff.client.download('downloadAttachment', { params: { attachmentId: file.id } })),
    ).toBe('not-found');
  });

  test('tells both of the talk, and the patient sees by whom', async () => {
    const file = await sent(patient);
    const streams = await Promise.all([patient, doctor, staff].map(({ client }) => listen(client)));
    const shared = answer(await share(doctor, file));
    await Promise.all(
      streams.slice(0, 2).map((stream) => stream.heard(({ type }) => type === 'talk.changed')),
    );
    await streams[2]?.heard((event) => event.type === 'caseAttachment.changed' && event.caseId === caseId);
    expect(streams[2]?.seen.some(({ type }) => type === 'talk.changed')).toBe(false);
    for (const stream of streams) stream.close();
    for (const viewer of [patient, doctor]) {
      const [newest] = answer(await viewer.client.listMessages({ params: { talkId } })).data;
      expect(newest?.attachments[0]).toMatchObject({
        share: { caseAttachmentId: shared.id, sharedAt: shared.addedAt, sharedBy: 'Dr Mei Chen' },
        abilities: { share: false, stopSharing: viewer === doctor, remove: false },
      });
    }
  });

  test('is for what the patient sent, by the talk’s clinician alone', async () => {
    const file = await sent(patient);
    for (const other of [staff, manager, outsider]) {
      expect(outcome(await share(other, file))).toBe('not-found');
    }
    expect(outcome(await share(doctor, await sent(doctor)))).toBe('state-conflict');
    const waiting = answer(
      await patient.client.upload('uploadTalkFile', { params: { talkId } }, fileOf('a.png')),
    );
    expect(outcome(await share(doctor, waiting))).toBe('not-found');
    await api.sql.query(
      `update files set scan = 'infected' where id = (select file_id from attachments where id = $1)`,
      [file.id],
    );
    expect(outcome(await share(doctor, file))).toBe('not-found');
  });

  test('stopped ends access at once, and can be done anew', async () => {
    const file = await sent(patient);
    const first = answer(await share(doctor, file));
    expect(await remove(staff, first)).toBe('not-found');
    expect(await remove(manager, first)).toBe('not-found');
    expect(await download(staff, first)).toBe('ok');
    expect(await remove(doctor, first)).toBe('ok');
    for (const viewer of [doctor, staff, manager]) {
      expect(await download(viewer, first)).toBe('not-found');
      expect((await list(viewer)).some(({ id }) => id === first.id)).toBe(false);
    }
    expect(await remove(doctor, first)).toBe('not-found');
    expect(await audits('attachment.unshared', first.id)).toBe(1);
    const [newest] = answer(await patient.client.listMessages({ params: { talkId } })).data;
    expect(newest?.attachments[0]?.share).toBeNull();
    const again = answer(await share(doctor, file));
    expect(again.id).not.toBe(first.id);
    expect(await download(staff, again)).toBe('ok');
  });

  test('ends for who leaves the case', async () => {
    const leaving = await addClinician(api, await addPractice(api, 'Hill Clinic'));
    await doctor.client.addCaseMember({ params: { caseId, clinicianId: leaving.id } });
    const shared = answer(await share(doctor, await sent(patient)));
    expect(await download(leaving, shared)).toBe('ok');
    await doctor.client.removeCaseMember({ params: { caseId, clinicianId: leaving.id } });
    expect(await download(leaving, shared)).toBe('not-found');
  });
});

describe('an upload to the case', () => {
  test('is everyone’s at once; its uploader or a doctor takes it back', async () => {
    const mine = answer(await add(staff, 'plan.pdf', samples.pdf));
    expect(mine).toMatchObject({ origin: 'upload', addedBy: { name: 'Abel Stone' }, kind: 'pdf' });
    expect(await download(manager, mine)).toBe('ok');
    expect(await remove(manager, mine)).toBe('not-found');
    expect(await remove(staff, mine)).toBe('ok');
    const other = answer(await add(staff, 'plan.pdf', samples.pdf));
    expect(await remove(doctor, other)).toBe('ok');
    expect(await download(staff, other)).toBe('not-found');
  });

  test('sent again with its key is the same; a key is for one case', async () => {
    const key = randomUUID();
    const all = await Promise.all(
      Array.from({ length: 8 }, async () => answer(await add(staff, 'a.png', samples.png, key))),
    );
    const first = answer(await add(staff, 'a.png', samples.png, key));
    expect(all.map(({ id }) => id)).toEqual(Array<string>(8).fill(first.id));
    const otherCase = await addCase(staff, 'Walter Boone');
    const elsewhere = await staff.client.upload(
      'uploadCaseAttachment',
      { params: { caseId: otherCase } },
      fileOf('a.png'),
      { idempotencyKey: key },
    );
    expect(outcome(elsewhere)).toBe('idempotency-key-reused');
    expect(await remove(staff, first)).toBe('ok');
    expect(outcome(await add(staff, 'a.png', samples.png, key))).toBe('state-conflict');
  });

  test('is refused to strangers, and in a closed case', async () => {
    expect(outcome(await add(outsider, 'a.png'))).toBe('not-found');
    await api.sql.query(`update cases set status = 'closed' where id = $1`, [caseId]);
    expect(outcome(await add(staff, 'a.png'))).toBe('state-conflict');
    await api.sql.query(`update cases set status = 'open' where id = $1`, [caseId]);
  });
});

describe('the list', () => {
  const names = ['Zebra.pdf', 'apple.pdf', 'Mango.pdf', `${'n'.repeat(250)}.pdf`, 'apple.pdf'];
  let ownCase: string;
  beforeAll(async () => {
    ownCase = await addCase(doctor, 'Walter Boone', staff);
    for (const [index, name] of names.entries()) {
      const by = index % 2 === 0 ? doctor : staff;
      answer(
        await by.client.upload(
          'uploadCaseAttachment',
          { params: { caseId: ownCase } },
          fileOf(name, samples.pdf),
        ),
      );
    }
    const image = fileOf('picture.png');
    answer(await staff.client.upload('uploadCaseAttachment', { params: { caseId: ownCase } }, image));
  });
  /** Everything, two at a time. */
  const walk = async (query: {
    sort?: 'added' | 'name' | 'addedBy';
    direction?: 'ascending' | 'descending';
    kind?: 'pdf';
  }) => {
    const seen: CaseAttachment[] = [];
    let cursor: string | undefined;
    do {
      const page = answer(
        await doctor.client.listCaseAttachments({
          params: { caseId: ownCase },
          query: { ...query, limit: 2, ...(cursor ? { cursor } : {}) },
        }),
      );
      seen.push(...page.data);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return seen;
  };

  test.each([
    [{}, ['picture.png', ...names.toReversed()]],
    [{ sort: 'added', direction: 'ascending' }, [...names, 'picture.png']],
    [{ sort: 'name' }, ['apple.pdf', 'apple.pdf', 'Mango.pdf', names[3], 'picture.png', 'Zebra.pdf']],
    [
      { sort: 'name', direction: 'descending', kind: 'pdf' },
      ['Zebra.pdf', names[3], 'Mango.pdf', 'apple.pdf', 'apple.pdf'],
    ],
  ] as const)('in pages by %j has every file once, in order', async (query, expected) => {
    expect((await walk(query)).map(({ name }) => name)).toEqual(expected);
  });

  test('by who added has every file once', async () => {
    const seen = await walk({ sort: 'addedBy' });
    expect(seen.map(({ addedBy }) => addedBy.name)).toEqual([
      ...Array<string>(3).fill('Abel Stone'),
      ...Array<string>(3).fill('Dr Mei Chen'),
    ]);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(6);
  });

  test('takes no cursor that is not its own', async () => {
    const listWith = async (cursor: string) =>
      doctor.client.listCaseAttachments({ params: { caseId: ownCase }, query: { cursor } });
    expect(outcome(await listWith('nonsense'))).toBe('invalid-request');
    const made = Buffer.from(JSON.stringify(["' or 1=1 --"])).toString('base64url');
    expect(answer(await listWith(made)).data).toEqual([]);
  });
});
