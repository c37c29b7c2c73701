import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './support/api.ts';
import { type Ended, runOperatorCommand } from './support/operator-command.ts';
import {
  addCase,
  addClinician,
  addPatient,
  addPractice,
  openTalk,
  signedIn,
  type Someone,
} from './support/people.ts';
import { rawSession } from './support/raw-session.ts';
import { type Environment, RestorePlaces, serve } from './support/restore-places.ts';
import { answer } from './support/result.ts';
import { samples } from './support/sample-files.ts';
import { append, begin, offsetOf } from './support/tus.ts';

let api: TestApi;
let doctor: Someone;
let patient: Someone;
let talkId: string;
let folder: string;
let scan: Buffer;
let made: Ended;
/** A file of which half had arrived, and where it goes on. */
let series: Buffer;
let unfinished: string;
/** What the API had acknowledged before the backup began. */
let acknowledged: string[];
let places: RestorePlaces;

const send = async (from: Someone, text: string, attachmentIds: string[] = []): Promise<string> =>
  answer(await from.client.sendMessage({ params: { talkId }, body: { text, attachmentIds } })).id;
const upload = async (content: Buffer): Promise<string> =>
  answer(
    await patient.client.upload(
      'uploadTalkFile',
      { params: { talkId } },
      new File([Uint8Array.from(content)], 'scan.png'),
      {
        idempotencyKey: randomUUID(),
      },
    ),
  ).id;

beforeAll(async () => {
  api = await startApi();
  folder = await mkdtemp(join(tmpdir(), 'casetalk-backup-'));
  places = new RestorePlaces(api, folder);
  const practice = await addPractice(api);
  doctor = await addClinician(api, practice);
  patient = await addPatient(api);
  talkId = await openTalk(doctor, await addCase(doctor), patient);
  scan = Buffer.concat([samples.png, randomBytes(300_000)]);
  acknowledged = [await send(patient, 'The scan is here', [await upload(scan)])];
  const raw = await rawSession(api, 'patient', patient.email);
  series = Buffer.concat([samples.zip, randomBytes(400_000)]);
  const { headers } = await begin(raw, `/v1/talks/${talkId}/resumable-uploads`, series.length);
  unfinished = String(headers.get('location'));
  await append(raw, unfinished, 0, series.subarray(0, 200_000));
  for (let count = 0; count < 20; count += 1) acknowledged.push(await send(doctor, `Before ${count}`));

  // People go on writing and uploading while the backup runs.
  let running = true;
  const goOn = async (act: (count: number) => Promise<unknown>): Promise<void> => {
    for (let count = 0; running; count += 1) await act(count);
  };
  const load = Promise.all([
    goOn((count) => send(doctor, `Meanwhile ${count}`)),
    goOn(async (count) =>
      send(patient, `Look ${count}`, [await upload(Buffer.concat([samples.png, randomBytes(50_000)]))]),
    ),
  ]);
  try {
    made = await runOperatorCommand('backup', [join(folder, 'backup')], places.environmentOf());
  } finally {
    running = false;
    await load;
  }
});
afterAll(async () => {
  await places.remove();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

test('a backup is made while people write, says its recovery point, and holds no key', async () => {
  expect(made.output).toContain('Recovery point: ');
  expect(made.code).toBe(0);
  const { settings } = api.deps;
  const names = (await readdir(join(folder, 'backup'), { recursive: true, withFileTypes: true })).filter(
    (entry) => entry.isFile(),
  );
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) {
    const bytes = await readFile(join(name.parentPath, name.name), 'latin1');
    for (const secret of [settings.VAULT_KEY ?? '', settings.SEALING_KEY, settings.PASSWORD_PEPPER]) {
      expect(bytes).not.toContain(secret);
    }
  }
});

test('what was restored serves: people sign in, read and download what they did before, and nobody else’s rows', async () => {
  const environment = await places.empty();
  const restored = await runOperatorCommand('restore', [join(folder, 'backup')], environment);
  expect(restored.output).toContain('Nothing was tampered with.');
  expect(restored.output).toMatch(/Recovery point: \S+Z\. Recovery time: [\d.]+ s\./);
  expect(restored.code).toBe(0);

  const restoredApi = await serve(api, environment);
  try {
    const there = restoredApi.api;
    const client = await signedIn(there, 'patient', patient.email);
    const clinician = await signedIn(there, 'clinician', doctor.email);
    const seen: { id: string; text: string; attachments: readonly { id: string }[] }[] = [];
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = answer(
        await client.listMessages({
          params: { talkId },
          query: cursor === undefined ? {} : { cursor },
        }),
      );
      seen.push(...page.data);
      cursor = page.nextCursor ?? undefined;
    }
    expect(seen.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
    // Whatever message is there is whole: every file of it opens.
    const files = seen.flatMap(({ attachments }) => attachments);
    expect(files.length).toBeGreaterThan(0);
    for (const { id } of files)
      answer(await clinician.download('downloadAttachment', { params: { attachmentId: id } }));
    const [first] = seen.find(({ text }) => text === 'The scan is here')?.attachments ?? [];
    const blob = answer(
      await client.download('downloadAttachment', { params: { attachmentId: first?.id ?? '' } }),
    );
    expect(Buffer.from(await blob.arrayBuffer())).toEqual(scan);

    const next = answer(
      await clinician.sendMessage({ params: { talkId }, body: { text: 'We are back', attachmentIds: [] } }),
    );
    expect(answer(await client.listMessages({ params: { talkId } })).data.map(({ id }) => id)).toContain(
      next.id,
    );

    // What had begun to arrive goes on where it was.
    const raw = await rawSession(there, 'patient', patient.email);
    const at = await offsetOf(raw, unfinished);
    expect(at).toBe(200_000);
    expect((await append(raw, unfinished, at, series.subarray(at))).status).toBe(204);
    const resumableUploadId = unfinished.split('/').at(-1) ?? '';
    const { attachment } = answer(await client.getResumableUpload({ params: { resumableUploadId } }));
    expect(attachment?.sha256).toBe(createHash('sha256').update(series).digest('hex'));
    const verified = await runOperatorCommand('files-verify', ['--deep'], environment);
    expect(verified.output).toContain('Every byte is what came.');
    expect(verified.code).toBe(0);

    // Row-level security came back with the tables.
    const asApp = new pg.Client({ connectionString: environment['DATABASE_URL'] });
    await asApp.connect();
    await expect(asApp.query('select from messages')).rejects.toThrow('permission denied');
    await asApp.query(
      `begin; set local role casetalk_patient; select set_config('app.viewer', '${randomUUID()}', true)`,
    );
    expect((await asApp.query('select from messages')).rowCount).toBe(0);
    await asApp.end();
    expect(restoredApi.errors).toEqual([]);
  } finally {
    await restoredApi.close();
  }
});

describe('refused, with a sentence that says why', () => {
  let place: Environment;
  beforeAll(async () => {
    place = await places.empty();
  });
  const restore = (environment: Environment, from = join(folder, 'backup')) =>
    runOperatorCommand('restore', [from], environment);
  const nothingWasWritten = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: place['OWNER_DATABASE_URL'] });
    await client.connect();
    const { rows } = await client.query(`select from pg_namespace where nspname in ('drizzle', 'pgboss')`);
    await client.end();
    expect(rows).toEqual([]);
  };

  test('a database that holds something', async () => {
    const { code, output } = await restore({
      ...places.environmentOf(),
      FILES_DIR: join(folder, 'elsewhere'),
    });
    expect(output).toContain('The database is not empty');
    expect(code).toBe(1);
  });

  test('a folder that holds files', async () => {
    const { code, output } = await restore({ ...place, FILES_DIR: api.filesDir });
    expect(output).toContain('The file store is not empty');
    expect(code).toBe(1);
    await nothingWasWritten();
  });

  test.each([
    ['VAULT_KEY', 'The backup was made under the vault key'],
    ['PASSWORD_PEPPER', 'PASSWORD_PEPPER is not the one'],
    ['SEALING_KEY', 'SEALING_KEY is not the one'],
  ])('another %s', async (name, sentence) => {
    const { code, output } = await restore({ ...place, [name]: randomBytes(32).toString('base64') });
    expect(output).toContain(sentence);
    expect(code).toBe(1);
    await nothingWasWritten();
  });

  test('a backup with one changed byte, wherever it is', async () => {
    const whole = join(folder, 'backup');
    const entries = (await readdir(whole, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    const pick = (pattern: RegExp): string => {
      const found = entries.find((entry) => pattern.test(join(entry.parentPath, entry.name)));
      if (found === undefined) throw new Error(`The backup has nothing like ${String(pattern)}.`);
      return join(found.parentPath, found.name).slice(whole.length + 1);
    };
    for (const path of [
      pick(/messages\.copy/),
      pick(/files\/../),
      pick(/files\.jsonl/),
      pick(/anchors/),
      'manifest.json',
      'manifest.seal.json',
    ]) {
      const damaged = join(folder, 'damaged');
      await cp(whole, damaged, { recursive: true });
      const bytes = await readFile(join(damaged, path));
      const middle = Math.floor(bytes.length / 2);
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      await writeFile(join(damaged, path), bytes.length === 0 ? Buffer.from('x') : bytes);
      const { code, output } = await restore(place, damaged);
      expect(`${path}: ${output}`).toMatch(/was changed|cannot be understood/);
      expect(code).toBe(1);
      await rm(damaged, { recursive: true });
    }
    await nothingWasWritten();
  });

  test('a second backup into the same folder', async () => {
    const { code, output } = await runOperatorCommand(
      'backup',
      [join(folder, 'backup')],
      places.environmentOf(),
    );
    expect(output).toContain('is not empty');
    expect(code).toBe(1);
  });

  test('a store that lost a file which a row names', async () => {
    const { rows } = await api.sql.query<{ id: string }>('select id from files order by id limit 1');
    const id = rows[0]?.id ?? '';
    const less = join(folder, 'less');
    await cp(api.filesDir, less, { recursive: true });
    await rm(join(less, 'files', id.slice(-4, -2), id.slice(-2), id));
    const { code, output } = await runOperatorCommand(
      'backup',
      [join(folder, 'incomplete')],
      places.environmentOf(undefined, less),
    );
    expect(output).toContain(id);
    expect(code).toBe(1);
  });
});

test('--check reads a backup and restores nothing', async () => {
  const place = await places.empty();
  const { code, output } = await runOperatorCommand('restore', [join(folder, 'backup'), '--check'], place);
  expect(output).toContain('nothing was restored');
  expect(code).toBe(0);
});
