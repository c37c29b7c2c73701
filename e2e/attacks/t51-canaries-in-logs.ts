import { randomBytes } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { arranged, type Attack, Tally } from './attack.ts';
import { upload } from './means/caller.ts';
import { newPair, openCase } from './means/cast.ts';
import { finishRegistration, newInvitee, openInvitation, resetPassword } from './means/flows.ts';
import { writingsOf } from './means/everything.ts';
import { sowEverywhere } from './means/sowing.ts';
import { inTables } from './means/tables.ts';
import type { Target } from './means/target.ts';
import type { World } from './world.ts';

/** A word that stands nowhere else. */
const canary = (): string => `zq${randomBytes(12).toString('hex')}`;

/** What people say, and what opens doors, is in no log: neither when all goes well nor when something fails. */
export const t51: Attack = {
  id: 'T51',
  title: 'Log injection; PHI in logs',
  async run(world) {
    const tally = new Tally();
    const { target } = world;
    const word = canary();
    const injected = `${word}\r\n{"level":50,"msg":"forged ${word}"}`;
    let asked = await sowEverywhere(target, word);
    asked += await sowEverywhere(target, injected);
    const secrets = [word, ...(await walkAllTheWay(target))];
    asked += await failOnPurpose(target, word);

    const logs = await logsOf(world);
    arranged(
      logs.every(({ text }) => text !== ''),
      `logs with something in them: ${logs.map(({ name }) => name).join()}`,
    );
    for (const secret of secrets) {
      for (const { name, text } of logs) {
        const found = writingsOf(secret).find((written) => text.includes(written));
        const line = found === undefined ? '' : (text.split('\n').find((one) => one.includes(found)) ?? '');
        tally.held(found === undefined, `The log of ${name} has “${found}”: ${line.slice(0, 200)}`, 0);
      }
    }
    const broken = (logs[0]?.text ?? '')
      .split('\n')
      .filter((line) => /^(?:api|worker) /.test(line) && !isRecord(line));
    tally.held(broken.length === 0, `Lines that are no records: ${broken[0]?.slice(0, 200)}`, asked);
    const bytes = logs.reduce((sum, { text }) => sum + text.length, 0);
    tally.note(
      `${asked} requests, ${secrets.length} secrets; 0 of them in ${bytes} bytes of ${logs.map(({ name }) => name).join(' and ')}`,
    );
    return tally.outcome;
  },
};

/** The API and the worker write one JSON object a line. */
function isRecord(line: string): boolean {
  const json = line.slice(line.indexOf(' ')).trim();
  try {
    return typeof JSON.parse(json) === 'object';
  } catch {
    return false;
  }
}

/** Every secret of a way to an account and of a forgotten password. */
async function walkAllTheWay(target: Target): Promise<string[]> {
  const { doctor, patient, patientAccount } = await newPair(target);
  const invitee = newInvitee();
  const { browser, token } = await openInvitation(target, doctor, await openCase(doctor), invitee);
  const flow = [...browser.cookies.values()];
  await finishRegistration(target, browser, invitee);
  const reset = await resetPassword(target, patientAccount, 'nine early ferries');
  // Six digits may stand anywhere by chance: codes are looked for where each is known, in the attack on codes.
  const cookies = [...doctor.cookies.values(), ...patient.cookies.values()];
  return [token, ...flow, reset.token, ...cookies, invitee.password, 'nine early ferries'];
}

/** Tables that go away for a moment: whatever is said then fails inside the product, which logs why. */
const away = ['messages', 'doctor_talk_messages', 'attachments', 'case_attachments', 'cases', 'invitations'];

async function failOnPurpose(target: Target, word: string): Promise<number> {
  const { doctor, patient, talkId, caseId } = await newPair(target);
  const move = (from: (name: string) => string, to: (name: string) => string): Promise<void> =>
    inTables(target.ownerUrl, async (database) => {
      for (const name of away) await database.rows(`alter table ${from(name)} rename to ${to(name)}`);
    });
  const here = (name: string): string => name;
  const there = (name: string): string => `${name}_away`;
  await move(here, there);
  try {
    const answers = await Promise.all([
      doctor.send('POST', `/v1/talks/${talkId}/messages`, { text: word }),
      patient.send('POST', `/v1/talks/${talkId}/messages`, { text: word }),
      doctor.send('POST', `/v1/cases/${caseId}/doctor-talk/messages`, { text: word }),
      doctor.send('POST', `/v1/cases/${caseId}/invitations`, {
        email: `${word}@example.com`,
        firstMessage: word,
      }),
      doctor.send('POST', '/v1/cases', { patientName: word, patientBirthDate: '1988-04-17', title: word }),
      doctor.ask({ path: `/v1/cases?search=${word}` }),
      upload(patient, `/v1/talks/${talkId}/uploads`, { name: `${word}.txt`, content: word }),
      upload(doctor, `/v1/cases/${caseId}/attachments`, { name: `${word}.txt`, content: word }),
    ]);
    const failed = answers.filter(({ status }) => status >= 500).length;
    arranged(failed > 4, `failures of which the product logs why, not ${failed}`);
    return answers.length;
  } finally {
    await move(there, here);
  }
}

/** What the product's processes wrote, and PostgreSQL's own log where it can be found. */
async function logsOf({
  database,
  logFile,
}: World): Promise<{ readonly name: string; readonly text: string }[]> {
  const logs = [{ name: 'the product', text: await readFile(logFile, 'utf8') }];
  const [row] = await database.rows<{ pid: number }>('select pg_backend_pid() as pid');
  const status = await readFile(`/proc/${row?.pid}/status`, 'utf8').catch(() => '');
  const parent = /PPid:\s+(\d+)/.exec(status)?.[1];
  const file = await readlink(`/proc/${parent}/fd/2`).catch(() => undefined);
  const text = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? logs : [...logs, { name: 'PostgreSQL', text }];
}
