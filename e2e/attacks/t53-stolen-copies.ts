import { randomBytes } from 'node:crypto';
import { arranged, type Attack, Tally } from './attack.ts';
import { type Caller, signIn, upload } from './means/caller.ts';
import { newPair, openCase, type Pair, say } from './means/cast.ts';
import { contents } from './means/contents.ts';
import { dumpOf, logOf } from './means/everything.ts';
import { finishRegistration, newInvitee, openInvitation, resetPassword } from './means/flows.ts';
import { moveFiles } from './means/moved-files.ts';
import { moveWords } from './means/moved-words.ts';
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
