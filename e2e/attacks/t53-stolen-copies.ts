import { randomBytes } from 'node:crypto';
import { open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { arranged, type Attack, Tally } from './attack.ts';
import { type Caller, signIn, upload } from './means/caller.ts';
import { newPair, openCase, type Pair, say } from './means/cast.ts';
import { contents } from './means/contents.ts';
import { dumpOf, logOf } from './means/everything.ts';
import { finishRegistration, newInvitee, openInvitation, resetPassword } from './means/flows.ts';
import { clusterFolder, filesWith, formsOf } from './means/searching.ts';
import { dataOf } from './means/wire.ts';
import type { World } from './world.ts';

const canary = (what: string): string => `zq${what}${randomBytes(10).toString('hex')}`;

/** What people said and sent, each word only once in the world, and what opened doors on the way. */
interface Journey {
  readonly pair: Pair;
  /** The patient of the invitation, signed in. */
  readonly patient: Caller;
  readonly talkId: string;
  readonly words: readonly string[];
  readonly tokens: readonly string[];
  readonly codes: readonly string[];
}

/** From the first message to a shared file. */
async function travel(world: World): Promise<Journey> {
  const { target } = world;
  const pair = await newPair(target);
  const { doctor } = pair;
  const said = {
    first: canary('first'),
    question: canary('question'),
    answer: canary('answer'),
    doctors: canary('doctors'),
    fileName: canary('name'),
    fileText: canary('content'),
    archive: canary('archive'),
    caseName: canary('casename'),
    caseText: canary('casetext'),
  };
  const caseId = await openCase(doctor);
  const invitee = newInvitee();
  const { browser, token, talkId } = await openInvitation(target, doctor, caseId, invitee, said.first);
  const { code } = await finishRegistration(target, browser, invitee);
  const patient = await signIn(target, { ...invitee, portal: 'patient', id: '', name: '' });
  await say(doctor, talkId, said.question);
  const path = `/v1/talks/${talkId}/uploads`;
  const text = dataOf(
    await upload(patient, path, { name: `${said.fileName}.txt`, content: said.fileText.repeat(3) }),
  ) as { id: string };
  const archive = Buffer.concat([contents.zip, Buffer.from(said.archive), randomBytes(300_000)]);
  const zip = dataOf(await upload(patient, path, { name: 'export.zip', content: archive })) as { id: string };
  await say(patient, talkId, said.answer, [text.id, zip.id]);
  dataOf(await doctor.send('POST', `/v1/attachments/${text.id}/share`));
  dataOf(await doctor.send('POST', `/v1/cases/${caseId}/doctor-talk/messages`, { text: said.doctors }));
  dataOf(
    await upload(doctor, `/v1/cases/${caseId}/attachments`, {
      name: `${said.caseName}.txt`,
      content: said.caseText,
    }),
  );
  // Everything is there for those whom it is for: else nothing was hidden.
  const read = await patient.ask({ path: `/v1/talks/${talkId}/messages` });
  for (const word of [said.first, said.question, said.answer, said.fileName]) {
    arranged(read.text.includes(word), `the patient who reads ${word}`);
  }
  const given = await doctor.ask({ path: `/v1/attachments/${zip.id}/content` });
  arranged(given.bytes.equals(archive), 'the clinician who downloads the archive');

  const reset = await resetPassword(target, pair.patientAccount, 'nine early ferries');
  const jars = [browser, patient, doctor].map(({ cookies }) => Array.from(cookies.values()));
  return {
    pair,
    patient,
    talkId,
    words: Object.values(said),
    tokens: [token, reset.token, ...jars.flat(), invitee.password],
    codes: [code, reset.code],
  };
}

/** Digits that stand alone, and not as a part of a longer number or of a fraction of a second. */
const standsAlone = (text: string, code: string): boolean =>
  new RegExp(`(?<![\\dA-Za-z.])${code}(?![\\dA-Za-z])`).test(text);

/** Whoever has the disk, the database or a backup has ciphertext, and cannot put one in another's place. */
export const t53: Attack = {
  id: 'T53',
  title: 'O copies DB, disk or backup',
  async run(world) {
    const tally = new Tally();
    const journey = await travel(world);
    await lookThrough(world, journey, tally);
    await moveWords(world, journey, tally);
    await moveFiles(world, tally);
    return tally.outcome;
  },
};

async function lookThrough(world: World, { words, tokens, codes }: Journey, tally: Tally): Promise<void> {
  const { mailroom, filesDir } = world;
  const dump = await dumpOf(world);
  const logs = await logOf(world);
  const mails = JSON.stringify(await mailroom.emails());
  const spoken = JSON.stringify([await mailroom.texts(), await mailroom.calls()]);
  const places = { 'a dump': dump, 'the logs': logs, 'the mails': mails, 'texts and calls': spoken };
  for (const [place, text] of Object.entries(places)) {
    // A link travels by mail: there it belongs.
    const secrets = place === 'the mails' ? words : [...words, ...tokens];
    for (const secret of secrets) {
      const found = formsOf(secret).find((form) => text.includes(form));
      tally.held(found === undefined, `${place} holds “${secret.slice(0, 24)}”`);
    }
    // A code travels by text and call: there it belongs.
    if (place === 'texts and calls' || place === 'the mails') continue;
    for (const code of codes) tally.held(!standsAlone(text, code), `${place} holds a code`);
  }
  const forms = [...words, ...tokens].flatMap(formsOf);
  const inFiles = await filesWith(filesDir, forms);
  tally.held(inFiles.length === 0, `The file store: ${inFiles[0]}`, words.length);
  await world.database.rows('checkpoint').catch(() => []);
  const cluster = await clusterFolder(world);
  const inCluster = cluster === undefined ? [] : await filesWith(cluster, [...words, ...tokens]);
  tally.held(
    inCluster.length === 0,
    `PostgreSQL’s own files: ${inCluster[0]}`,
    cluster === undefined ? 0 : words.length,
  );
  tally.note(
    `${words.length} words, ${tokens.length} secrets, ${codes.length} codes; 0 in ${dump.length} bytes of tables, the logs, mails, texts, calls, the file store${cluster === undefined ? '' : ' and PostgreSQL’s files and write-ahead log'}`,
  );
}

/** Puts what stands in these columns of one row into the other's place, and the other way round. */
async function exchange(
  { database }: World,
  table: string,
  key: string,
  columns: readonly string[],
  ids: readonly [string, string],
): Promise<void> {
  await database.rows(
    `update ${table} t set ${columns.map((column) => `${column} = o.${column}`).join(', ')} from ${table} o
     where t.${key} = any($1::uuid[]) and o.${key} = any($1::uuid[]) and t.${key} <> o.${key}`,
    [ids],
  );
}

/** The columns of a table that hold bytes. */
async function sealedColumns({ database }: World, table: string): Promise<string[]> {
  const rows = await database.rows<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and data_type = 'bytea'`,
    [table],
  );
  return rows.map(({ name }) => name);
}

interface Move {
  readonly name: string;
  readonly table: string;
  readonly key: string;
  readonly ids: readonly [string, string];
  /** What is asked for, and a word that must not be in the answer, since it belongs in the other's place. */
  readonly reads: readonly {
    readonly by: Caller;
    readonly path: string;
    readonly not: string;
    readonly id: string;
  }[];
}

async function moveWords(world: World, { patient, talkId, pair }: Journey, tally: Tally): Promise<void> {
  const [one, two, far, doctors, doctorsToo] = Array.from({ length: 5 }, () => canary('moved')) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const [oneId, twoId] = [await say(patient, talkId, one), await say(patient, talkId, two)];
  const farId = await say(pair.doctor, pair.talkId, far);
  const toDoctors = async (text: string): Promise<string> => {
    const sent = await pair.doctor.send('POST', `/v1/cases/${pair.caseId}/doctor-talk/messages`, { text });
    return (dataOf(sent) as { id: string }).id;
  };
  const [doctorsId, doctorsTooId] = [await toDoctors(doctors), await toDoctors(doctorsToo)];
  const here = `/v1/talks/${talkId}/messages`;
  const there = `/v1/talks/${pair.talkId}/messages`;
  const among = `/v1/cases/${pair.caseId}/doctor-talk/messages`;
  const moves: readonly Move[] = [
    {
      name: 'a message into another of the same talk',
      table: 'messages',
      key: 'id',
      ids: [oneId, twoId],
      reads: [
        { by: patient, path: here, not: two, id: oneId },
        { by: patient, path: here, not: one, id: twoId },
      ],
    },
    {
      name: 'a message into another talk',
      table: 'messages',
      key: 'id',
      ids: [oneId, farId],
      reads: [
        { by: patient, path: here, not: far, id: oneId },
        { by: pair.doctor, path: there, not: one, id: farId },
      ],
    },
    {
      name: 'a word of the doctors into another',
      table: 'doctor_talk_messages',
      key: 'id',
      ids: [doctorsId, doctorsTooId],
      reads: [{ by: pair.doctor, path: among, not: doctorsToo, id: doctorsId }],
    },
    {
      name: 'a talk’s key into another talk',
      table: 'data_keys',
      key: 'owner_id',
      ids: [talkId, pair.talkId],
      reads: [
        { by: patient, path: here, not: one, id: oneId },
        { by: pair.doctor, path: there, not: far, id: farId },
      ],
    },
  ];
  for (const move of moves) await tryMove(world, move, tally);
}

async function tryMove(world: World, { name, table, key, ids, reads }: Move, tally: Tally): Promise<void> {
  const columns = await sealedColumns(world, table);
  if (columns.length === 0) {
    tally.held(false, `${table} keeps nothing sealed`);
    return;
  }
  await exchange(world, table, key, columns, ids);
  // Keys may be remembered for a while: a process that begins anew has to open everything again.
  if (table === 'data_keys') await world.stack.restartApi();
  for (const { by, path, not, id } of reads) {
    const answer = await by.ask({ path });
    const { data = [] } =
      answer.status === 200 ? (JSON.parse(answer.text) as { data?: { id: string; text: string }[] }) : {};
    const shown = data.find((one) => one.id === id)?.text ?? '';
    tally.held(!shown.includes(not), `Moving ${name} shows it in the other’s place`);
  }
  await exchange(world, table, key, columns, ids);
  if (table === 'data_keys') await world.stack.restartApi();
  for (const { by, path } of reads) {
    const { status } = await by.ask({ path });
    arranged(status === 200, `${path} that can be read again, not ${status}`);
  }
}

/** Exchanges the bytes of two files on the disk, and flips a bit of one. */
async function moveFiles(world: World, tally: Tally): Promise<void> {
  const { doctor, patient, talkId } = await newPair(world.target);
  const path = `/v1/talks/${talkId}/uploads`;
  const bodies = [
    Buffer.concat([contents.zip, randomBytes(200_000)]),
    Buffer.concat([contents.zip, randomBytes(200_000)]),
  ];
  const files: { id: string; key: string; body: Buffer }[] = [];
  for (const body of bodies) {
    const { id } = dataOf(await upload(patient, path, { name: 'export.zip', content: body })) as {
      id: string;
    };
    const [row] = await world.database.rows<{ key: string }>(
      'select file_id as key from attachments where id = $1',
      [id],
    );
    files.push({ id, key: row?.key ?? '', body });
  }
  const [first, second] = files;
  if (!first || !second) throw new Error('Two files were not uploaded.');
  await say(patient, talkId, '', [first.id, second.id]);
  const placeOf = async (key: string): Promise<string> => {
    const [found] = await filesNamed(world.filesDir, key);
    if (found === undefined) throw new Error('A file was not found in the store.');
    return found;
  };
  const [here, there] = [await placeOf(first.key), await placeOf(second.key)];
  const swap = async (): Promise<void> => {
    await rename(here, `${here}.aside`);
    await rename(there, here);
    await rename(`${here}.aside`, there);
  };
  await swap();
  for (const [file, other] of [
    [first, second],
    [second, first],
  ] as const) {
    const got = await doctor.ask({ path: `/v1/attachments/${file.id}/content` }).catch(() => undefined);
    const isOther = got?.status === 200 && got.bytes.equals(other.body);
    tally.held(!isOther, 'A file’s bytes were put in another’s place and handed out there');
  }
  await swap();
  await flipBit(here);
  const got = await doctor.ask({ path: `/v1/attachments/${first.id}/content` }).catch(() => undefined);
  tally.held(
    got?.status !== 200 || got.bytes.length < first.body.length,
    'A file with a flipped bit was handed out whole',
  );
  await flipBit(here);
  const again = await doctor.ask({ path: `/v1/attachments/${first.id}/content` });
  arranged(again.status === 200 && again.bytes.equals(first.body), 'a file that can be read again');
}

async function filesNamed(folder: string, key: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() && entry.name.startsWith(key))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Turns one bit around in the middle of a file. */
async function flipBit(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const place = Math.floor(size / 2);
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, place);
    await file.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, place);
  } finally {
    await file.close();
  }
}
