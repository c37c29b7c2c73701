import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDependencies } from '../src/dependencies-from-settings.ts';
import { createDiskFileStore } from '../src/gateways/disk-file-store.ts';
import { openKeyVault } from '../src/vault/open-key-vault.ts';
import { sealBacklog } from '../src/vault/seal-backlog.ts';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { answer, outcome } from './support/result.ts';
import { samples } from './support/sample-files.ts';
import { everythingStored } from './support/stored.ts';

const canaries = {
  fromDoctor: 'the zebrafinch takes half a tablet',
  fromPatient: 'my marmoset-coloured swelling is less',
  first: 'welcome, dear pangolin',
  file: 'quokka-diary.png',
  amongDoctors: 'the axolotl case needs an operation',
  onCase: 'wombat-report.png',
};

let api: TestApi;
let doctor: Someone;
let patient: Someone;
let caseId: string;
let talkId: string;

const newKey = (): string => randomBytes(32).toString('base64');
const png = (name: string): File => new File([Uint8Array.from(samples.png)], name);
const texts = async (of: Someone, inTalk = talkId): Promise<string[]> =>
  answer(await of.client.listMessages({ params: { talkId: inTalk } })).data.map(({ text }) => text);

beforeAll(async () => {
  api = await startApi();
  doctor = await addClinician(api, await addPractice(api));
  patient = await addPatient(api);
  caseId = await addCase(doctor);
  const invited = answer(
    await doctor.client.createInvitation({
      params: { caseId },
      body: { email: patient.email, firstMessage: canaries.first },
    }),
  );
  const accepted = await patient.client.acceptInvitation({ params: { invitationId: invited.id } });
  talkId = answer(accepted).talkId;
  const params = { talkId };
  answer(await doctor.client.sendMessage({ params, body: { text: canaries.fromDoctor } }));
  const uploaded = answer(await patient.client.upload('uploadTalkFile', { params }, png(canaries.file)));
  const sent = { text: canaries.fromPatient, attachmentIds: [uploaded.id] };
  answer(await patient.client.sendMessage({ params, body: sent }));
  answer(await doctor.client.shareAttachment({ params: { attachmentId: uploaded.id } }));
  answer(await doctor.client.upload('uploadCaseAttachment', { params: { caseId } }, png(canaries.onCase)));
  const words = { text: canaries.amongDoctors };
  answer(await doctor.client.sendDoctorTalkMessage({ params: { caseId }, body: words }));
});
afterAll(() => api.close());

describe('at rest', () => {
  test('no table and no file says anything of what people wrote or sent', async () => {
    const stored = await everythingStored(api);
    expect(stored.length).toBeGreaterThan(10_000);
    const found = Object.values(canaries).filter((word) => stored.includes(Buffer.from(word)));
    expect(found).toEqual([]);
    // The search itself finds what does stand there.
    expect(stored.includes(Buffer.from('Knee pain after a fall'))).toBe(true);
  });

  test('and the people concerned read all of it', async () => {
    const said = [canaries.fromPatient, canaries.fromDoctor, canaries.first];
    expect(await texts(patient)).toEqual(said);
    expect(await texts(doctor)).toEqual(said);
    const inbox = answer(await patient.client.listTalks({}));
    expect(inbox.data.map(({ lastMessage }) => lastMessage?.excerpt)).toEqual([canaries.fromPatient]);
    const ofCase = answer(await doctor.client.listCaseAttachments({ params: { caseId } }));
    expect(ofCase.data.map(({ name }) => name)).toEqual([canaries.onCase, canaries.file]);
    const doctors = answer(await doctor.client.listDoctorTalkMessages({ params: { caseId } }));
    expect(doctors.data.map(({ text }) => text)).toEqual([canaries.amongDoctors]);
  });

  test('an excerpt is cut between characters, after it was opened', async () => {
    const long = `-${'🩺'.repeat(200)}`;
    answer(await doctor.client.sendMessage({ params: { talkId }, body: { text: long } }));
    const { lastMessage } = answer(await patient.client.getTalk({ params: { talkId } }));
    expect(lastMessage?.excerpt).toBe(`-${'🩺'.repeat(69)}`);
  });

  test('a message that was sent twice is compared with what was sealed', async () => {
    const headers = { idempotencyKey: crypto.randomUUID() };
    const send = (text: string) => doctor.client.sendMessage({ params: { talkId }, body: { text } }, headers);
    const [first, second] = [answer(await send('once')), answer(await send('once'))];
    expect(second.id).toBe(first.id);
    expect(outcome(await send('something else'))).toBe('idempotency-key-reused');
  });
});

describe('a sealed message', () => {
  /** Changes one message of the talk, looks, and puts it back. */
  async function changed<T>(change: string, look: () => Promise<T>): Promise<T> {
    const { rows } = await api.sql.query<{ id: string; body: Buffer }>(
      'select id, body from messages where talk_id = $1 order by created_at desc limit 1',
      [talkId],
    );
    const [row] = rows;
    await api.sql.query(`update messages set body = ${change} where id = $1`, [row?.id]);
    try {
      return await look();
    } finally {
      await api.sql.query('update messages set body = $2 where id = $1', [row?.id, row?.body]);
    }
  }

  test.each([
    ['with one bit changed', 'set_bit(body, 200, 1 - get_bit(body, 200))'],
    ['cut short', 'substring(body for length(body) - 1)'],
    ['lengthened', `body || '\\x00'::bytea`],
    ['emptied', `''::bytea`],
    ['written in plain', `'\\x00'::bytea || 'plain words'::bytea`],
    [
      'of the same talk, moved here',
      '(select m.body from messages m where m.talk_id = messages.talk_id order by m.created_at limit 1)',
    ],
  ])('%s opens no more, and nothing else is shown either', async (_how, change) => {
    const [page, inbox] = await changed(change, async () => [
      await patient.client.listMessages({ params: { talkId } }),
      await patient.client.listTalks({}),
    ]);
    expect([page?.ok, inbox?.ok]).toEqual([false, false]);
    expect([outcome(page), outcome(inbox)]).toEqual(['internal', 'internal']);
    expect((await texts(patient)).length).toBeGreaterThan(3);
  });

  test('of another talk, moved here with its key, does not open', async () => {
    const other = await addCase(doctor, 'Ben Okri');
    const theirs = await openTalk(doctor, other, await addPatient(api, 'Ben Okri'));
    answer(await doctor.client.sendMessage({ params: { talkId: theirs }, body: { text: 'for Ben alone' } }));
    const look = () => patient.client.listMessages({ params: { talkId } });
    const moved = await changed(
      `(select m.body from messages m where m.talk_id = '${theirs}' order by m.created_at desc limit 1)`,
      look,
    );
    expect(outcome(moved)).toBe('internal');
    // The wrapped key of one talk does not open as another's.
    const { rows } = await api.sql.query<{ wrapped: Buffer }>(
      'select wrapped from data_keys where owner_id = $1',
      [theirs],
    );
    const vault = await openKeyVault(api.deps.settings);
    await expect(vault.unwrap(vault.keyId, rows[0]?.wrapped ?? Buffer.alloc(0), talkId)).rejects.toThrow(
      'does not open the data key',
    );
  });
});

describe('at the start', () => {
  const start = (environment: Partial<TestApi['deps']['settings']>) =>
    openDependencies({ ...api.deps.settings, ...environment }, () => undefined);

  test('a missing key is asked for', async () => {
    await expect(start({ VAULT_KEY: undefined })).rejects.toThrow(
      /No vault key is set: exactly one of VAULT_KEY/,
    );
  });

  test('a process without its key says so, and ends', async () => {
    const { VAULT_KEY: _gone, ...settings } = api.deps.settings;
    const texts = Object.entries(settings).map(([name, value]) => [name, String(value)]);
    const env = { ...Object.fromEntries(texts), LOG_LEVEL: 'error', API_PORT: '0' } as NodeJS.ProcessEnv;
    const run = spawn(process.execPath, ['src/main.ts'], { cwd: resolve(import.meta.dirname, '..'), env });
    const [said, [code]] = await Promise.all([text(run.stdout), once(run, 'close')]);
    expect(code).toBe(1);
    expect(said).toContain('No vault key is set: exactly one of VAULT_KEY');
  });

  test('two vaults are one too many', async () => {
    await expect(start({ VAULT_KMS_KEY_ID: 'alias/casetalk' })).rejects.toThrow(/More than one vault key/);
  });

  test('another key than the database knows is refused, with the name of the one that is wanted', async () => {
    const { keyId } = await openKeyVault(api.deps.settings);
    const refused = start({ VAULT_KEY: newKey() });
    await expect(refused).rejects.toThrow(
      `sealed under the vault key ${keyId}, which the settings do not give`,
    );
    await expect(refused).rejects.toThrow(/VAULT_FORMER_KEYS/);
  });

  test('a key whose check does not open is refused', async () => {
    await api.sql.query(
      'update vault_keys set key_check = set_bit(key_check, 99, 1 - get_bit(key_check, 99))',
    );
    try {
      await expect(start({})).rejects.toThrow('which the settings do not give');
    } finally {
      await api.sql.query(
        'update vault_keys set key_check = set_bit(key_check, 99, 1 - get_bit(key_check, 99))',
      );
    }
  });
});

test('what an older version wrote in plain is sealed by migrating, and reads the same', async () => {
  const before = [await texts(patient), await texts(doctor)];
  const page = answer(await doctor.client.listMessages({ params: { talkId } })).data;
  for (const { id, text } of page) {
    const marked = Buffer.concat([Buffer.of(0), Buffer.from(text)]);
    await api.sql.query('update messages set body = $2 where id = $1', [id, marked]);
  }
  await api.sql.query(`insert into sealing_backlog values ('messages.body')`);
  expect((await everythingStored(api)).includes(Buffer.from(canaries.fromPatient))).toBe(true);

  const said: string[] = [];
  const run = () =>
    sealBacklog(
      api.ownerUrl,
      {
        vault: () => openKeyVault(api.deps.settings),
        files: () => createDiskFileStore(api.filesDir),
      },
      (line) => said.push(line),
    );
  await run();
  await run();
  expect(said).toEqual([`Sealed ${page.length} values of messages.body.`]);
  expect([await texts(patient), await texts(doctor)]).toEqual(before);
  expect((await everythingStored(api)).includes(Buffer.from(canaries.fromPatient))).toBe(false);
});
