import { type Caller, newCaller, upload } from './caller.ts';
import { newPair, openCase, say } from './cast.ts';
import { contents } from './contents.ts';
import { newInvitee, openInvitation } from './flows.ts';
import { bodyOf, isAskable, pathOf, readRoutes, type Route, textFieldsOf } from './routes.ts';
import type { Target } from './target.ts';
import { dataOf, freshNetwork } from './wire.ts';
import { zipOf } from './zip.ts';

/** Says the word in every place of every route that takes words, rightly and wrongly. @returns how many requests it took */
export async function sowEverywhere(target: Target, word: string): Promise<number> {
  const routes = (await readRoutes(target.apiUrl)).filter(isAskable);
  const pair = await newPair(target);
  const { doctor, patient, caseId, talkId, doctorAccount } = pair;
  const known = { caseId, talkId, clinicianId: doctorAccount.id };
  const nobody = newCaller(target.apiUrl, 'patient');
  let asked = 0;
  const ask = async (caller: Caller, what: Parameters<Caller['ask']>[0]): Promise<void> => {
    asked += 1;
    // A broken connection is an answer too: what counts is what was heard of it elsewhere.
    await caller.ask({ ...what, headers: { ...freshNetwork(), ...what.headers } }).catch(() => undefined);
  };
  const inUrl = encodeURIComponent(word);
  const headers = {
    'user-agent': word,
    referer: word,
    'x-request-id': word,
    'accept-language': word,
    'x-original-url': word,
    'x-callback-url': word,
    'if-match': word,
    'idempotency-key': word,
  };
  for (const route of routes) {
    const caller = callerOf(route, doctor, patient, nobody);
    const path = pathOf(route, known);
    const { method } = route;
    await ask(caller, { method, path: `${path}?${inUrl}=${inUrl}`, headers });
    for (const name of Object.keys(route.queries))
      await ask(caller, { method, path: `${path}?${name}=${inUrl}` });
    for (const [, name = ''] of route.path.matchAll(/\{(\w+)\}/g)) {
      await ask(caller, { method, path: pathOf(route, { ...known, [name]: inUrl }) });
    }
    if (route.takes === undefined) continue;
    const json = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
    for (const name of textFieldsOf(route)) {
      const text = name === 'email' && !word.includes('/') ? `${word}@example.com` : word;
      await ask(caller, {
        method,
        path,
        headers: json,
        body: JSON.stringify(bodyOf(route, { [name]: text })),
      });
    }
    await ask(caller, { method, path, headers: json, body: JSON.stringify({ [word]: word }) });
    await ask(caller, { method, path, headers: json, body: `{"broken": "${word}` });
    await ask(caller, { method, path, headers: { ...json, 'content-type': word.slice(0, 40) }, body: word });
  }
  return asked + (await sowAsPeopleDo(target, doctor, patient, talkId, caseId, word));
}

function callerOf({ credentials }: Route, doctor: Caller, patient: Caller, nobody: Caller): Caller {
  if (credentials.includes('clinicianSession')) return doctor;
  return credentials.includes('patientSession') ? patient : nobody;
}

/** What people write, where it is kept and passed on: to other people, in mails, in files. */
async function sowAsPeopleDo(
  target: Target,
  doctor: Caller,
  patient: Caller,
  talkId: string,
  caseId: string,
  word: string,
): Promise<number> {
  const short = word.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 110);
  const other = await openCase(doctor, { patientName: short, title: short, description: word });
  await doctor.send('PATCH', `/v1/cases/${other}`, { description: word });
  const { browser } = await openInvitation(target, doctor, other, newInvitee(), word);
  await browser.send('PUT', '/v1/registrations/current/phone', { phone: short.slice(0, 32), kind: 'mobile' });
  await browser.send('POST', '/v1/registrations/current/verification/attempts', { code: short.slice(0, 32) });
  await say(doctor, talkId, word);
  await doctor.send('POST', `/v1/cases/${caseId}/doctor-talk/messages`, { text: word });
  const path = `/v1/talks/${talkId}/uploads`;
  const files = [
    { name: `${short}.txt`, content: word },
    { name: 'links.docx', content: linkedDocument(word) },
    { name: `${short}.exe`, content: word },
    { name: `${short}.png`, content: contents.html },
  ];
  for (const file of files) {
    const sent = await upload(patient, path, file);
    if (sent.status === 201) await say(patient, talkId, word, [(dataOf(sent) as { id: string }).id]);
  }
  await upload(doctor, `/v1/cases/${caseId}/attachments`, { name: `${short}.txt`, content: word });
  return files.length + 8;
}

/** A document whose picture stands elsewhere. */
const linkedDocument = (url: string): Buffer =>
  zipOf(
    { name: '[Content_Types].xml', content: Buffer.from('<Types/>') },
    {
      name: 'word/_rels/document.xml.rels',
      content: Buffer.from(
        `<Relationships><Relationship Id="r1" TargetMode="External" Type="image" Target="${url}"/></Relationships>`,
      ),
    },
    { name: 'word/document.xml', content: Buffer.from('<document/>') },
  );
