import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDependencies } from '../src/dependencies-from-settings.ts';
import { newId } from '../src/db/new-id.ts';
import { openKeyVault } from '../src/vault/open-key-vault.ts';
import { rotateKeys } from '../src/vault/rotate-keys.ts';
import { startApi, type TestApi } from './support/api.ts';
import { addCase, addClinician, addPatient, addPractice, openTalk, type Someone } from './support/people.ts';
import { answer } from './support/result.ts';
import { addDataKeys } from './support/sealed-rows.ts';

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)].map((key) => key.toString('base64')) as [
  string,
  string,
];

let api: TestApi;
let doctor: Someone;
let patient: Someone;
let talkId: string;

beforeAll(async () => {
  // As after the first step of a rotation: every process knows both keys, the database is still under the old one.
  api = await startApi({ VAULT_KEY: oldKey, VAULT_FORMER_KEYS: newKey });
  doctor = await addClinician(api, await addPractice(api));
  patient = await addPatient(api);
  talkId = await openTalk(doctor, await addCase(doctor), patient);
  const many = Array.from({ length: 5000 }, newId);
  await addDataKeys(api, 'talk', many);
});
afterAll(() => api.close());

const settingsWith = (keys: { VAULT_KEY: string; VAULT_FORMER_KEYS: string[] }) => ({
  ...api.deps.settings,
  ...keys,
});
const start = (VAULT_KEY: string, ...VAULT_FORMER_KEYS: string[]) =>
  openDependencies(settingsWith({ VAULT_KEY, VAULT_FORMER_KEYS }), () => undefined);
const wrappedUnder = async (): Promise<string[]> => {
  const { rows } = await api.sql.query<{ id: string }>(
    'select distinct vault_key_id as id from data_keys order by 1',
  );
  return rows.map(({ id }) => id);
};

test('a rotation wraps every key anew while people go on writing, reading and beginning talks', async () => {
  const vault = await openKeyVault(settingsWith({ VAULT_KEY: newKey, VAULT_FORMER_KEYS: [oldKey] }));
  const former = (await openKeyVault(settingsWith({ VAULT_KEY: oldKey, VAULT_FORMER_KEYS: [] }))).keyId;
  expect(await wrappedUnder()).toEqual([former]);

  let rotating = true;
  const written: string[] = [];
  const begun: string[] = [];
  async function writeAndRead(): Promise<void> {
    for (let n = 0; rotating || n < 5; n += 1) {
      const text = `message ${n}`;
      answer(await doctor.client.sendMessage({ params: { talkId }, body: { text } }));
      written.push(text);
      const [newest] = answer(await patient.client.listMessages({ params: { talkId } })).data;
      expect(newest?.text).toBe(text);
    }
  }
  async function beginTalks(): Promise<void> {
    for (let n = 0; rotating || n < 3; n += 1) {
      const begunTalk = await openTalk(doctor, await addCase(doctor, `Patient ${n}`), patient);
      answer(await patient.client.sendMessage({ params: { talkId: begunTalk }, body: { text: 'hello' } }));
      begun.push(begunTalk);
    }
  }
  const said: string[] = [];
  const rotation = rotateKeys(api.ownerUrl, vault, (line) => said.push(line)).finally(
    () => (rotating = false),
  );
  const [result] = await Promise.all([rotation, writeAndRead(), beginTalks()]);

  expect(result).toMatchObject({ keyId: vault.keyId, retired: [former] });
  expect(result.rewrapped).toBeGreaterThan(5000);
  expect(said.at(-1)).toBe(`Wrapped ${result.rewrapped} of ${result.rewrapped} data keys anew.`);
  expect(await wrappedUnder()).toEqual([vault.keyId]);
  // A process that was never told of the old key opens all of it, and the old key alone opens nothing.
  const fresh = await start(newKey);
  for (const id of [talkId, ...begun]) expect((await fresh.dataKeys.of(id)).ownerId).toBe(id);
  await fresh.close();
  await expect(start(oldKey)).rejects.toThrow(`sealed under the vault key ${vault.keyId}`);
});

test('a rotation that was broken off goes on where it was, and one that is done has nothing to do', async () => {
  const vault = await openKeyVault(settingsWith({ VAULT_KEY: oldKey, VAULT_FORMER_KEYS: [newKey] }));
  const stop = new Error('broken off');
  const breakOff = (): void => {
    throw stop;
  };
  await expect(rotateKeys(api.ownerUrl, vault, breakOff)).rejects.toBe(stop);
  expect(await wrappedUnder()).toHaveLength(2);
  await expect(start(oldKey)).rejects.toThrow(/rotation away from it is not finished/);
  const half = await start(oldKey, newKey);
  await half.close();

  expect((await rotateKeys(api.ownerUrl, vault, () => undefined)).retired).toHaveLength(1);
  expect(await wrappedUnder()).toEqual([vault.keyId]);
  expect(await rotateKeys(api.ownerUrl, vault, () => undefined)).toEqual({
    keyId: vault.keyId,
    retired: [],
    rewrapped: 0,
  });
});

test('a rotation without the former key does nothing', async () => {
  const before = await wrappedUnder();
  const vault = await openKeyVault(
    settingsWith({ VAULT_KEY: randomBytes(32).toString('base64'), VAULT_FORMER_KEYS: [] }),
  );
  await expect(rotateKeys(api.ownerUrl, vault, () => undefined)).rejects.toThrow(/VAULT_FORMER_KEYS/);
  expect(await wrappedUnder()).toEqual(before);
});
