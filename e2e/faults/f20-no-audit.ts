import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { anyFreePort } from '@casetalk/local-stack';
import { upload } from '../attacks/means/caller.ts';
import { newAccount, newPair, openCase, type Pair, say } from '../attacks/means/cast.ts';
import { contents } from '../attacks/means/contents.ts';
import { apiProcess } from '../attacks/means/memory.ts';
import { changedBetween, settledFingerprints } from '../attacks/means/tables.ts';
import { comesTrue } from '../attacks/means/target.ts';
import { type Answer, ask, codeOf, dataOf } from '../attacks/means/wire.ts';
import type { World } from '../attacks/world.ts';
import { arranged, type Fault, Findings } from './fault.ts';

interface Act {
  readonly name: string;
  readonly act: () => Promise<Answer>;
}

/** What people do that is recorded: reading and writing of private things. */
async function actsOf(world: World, pair: Pair): Promise<readonly Act[]> {
  const { doctor, patient, talkId, caseId } = pair;
  const file = { name: 'knee.png', content: contents.png };
  const { id: sent } = dataOf(await upload(patient, `/v1/talks/${talkId}/uploads`, file)) as { id: string };
  await say(patient, talkId, 'Here it is.', [sent]);
  const { email } = await newAccount(world.target, 'patient');
  const another = await openCase(doctor);
  const get = (name: string, path: string, by = doctor): Act => ({ name, act: () => by.ask({ path }) });
  const post = (name: string, path: string, body?: unknown, by = doctor): Act => ({
    name,
    act: () => by.send('POST', path, body),
  });
  return [
    get('reading a talk', `/v1/talks/${talkId}/messages`),
    get('reading a talk as its patient', `/v1/talks/${talkId}/messages`, patient),
    get('the list of talks', '/v1/talks', patient),
    get('a case', `/v1/cases/${caseId}`),
    get('the files of a case', `/v1/cases/${caseId}/attachments`),
    get('the doctors’ talk', `/v1/cases/${caseId}/doctor-talk/messages`),
    get('one’s invitations', `/v1/cases/${another}/invitations`),
    get('a download', `/v1/attachments/${sent}/content`),
    post('a message', `/v1/talks/${talkId}/messages`, { text: 'One more word.', attachmentIds: [] }, patient),
    post('a word among doctors', `/v1/cases/${caseId}/doctor-talk/messages`, { text: 'Any news?' }),
    { name: 'an upload', act: () => upload(patient, `/v1/talks/${talkId}/uploads`, file) },
    post('an invitation', `/v1/cases/${another}/invitations`, { email }),
    post('a share', `/v1/attachments/${sent}/share`),
    post('a new case', '/v1/cases', {
      patientName: 'Ana Ruiz',
      patientBirthDate: '1988-04-17',
      title: 'Knee pain after a fall',
    }),
  ];
}

const recorded = ({ database }: World): Promise<number> =>
  database.count('select count(*) from audit_events');

/** The audit’s disk is full, as PostgreSQL says it: nothing can be recorded. */
async function fillAuditDisk({ database }: World): Promise<() => Promise<void>> {
  await database.rows(
    `create function fault_disk_full() returns trigger language plpgsql as $$
     begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`,
  );
  await database.rows(
    'create trigger fault_disk_full before insert on audit_events for each row execute function fault_disk_full()',
  );
  return async () => {
    await database.rows('drop function if exists fault_disk_full() cascade');
  };
}

async function withoutAudit(world: World, pair: Pair, findings: Findings): Promise<() => Promise<void>> {
  const acts = await actsOf(world, pair);
  const before = await settledFingerprints(world.ownerUrl);
  const atFirst = await recorded(world);
  const room = await fillAuditDisk(world);
  for (const { name, act } of acts) {
    const answer = await act();
    findings.holds(
      answer.status === 503 && codeOf(answer) === 'unavailable',
      `${name} was answered with ${answer.status} though it cannot be recorded`,
    );
    findings.holds(answer.headers['retry-after'] !== undefined, `${name} does not say when to try again`);
  }
  const changed = changedBetween(before, await settledFingerprints(world.ownerUrl));
  findings.holds(changed.length === 0, `unrecorded acts changed ${changed.join(', ')}`);
  findings.holds((await recorded(world)) === atFirst, 'something was recorded on a full disk');
  await room();
  for (const { name, act } of acts) {
    const count = await recorded(world);
    const { status } = await act();
    findings.holds(status < 300, `${name} is answered with ${status} once there is room again`);
    findings.holds((await recorded(world)) > count, `${name} is not recorded`);
  }
  findings.note(
    `${acts.length} kinds of acts: refused with 503 and Retry-After, nothing written, all well after`,
  );
  return room;
}

/** A second API on the same database whose output goes to a full disk. */
async function startOnFullLog(world: World): Promise<{ url: string; process: ChildProcess }> {
  const pid = await apiProcess(world.apiUrl);
  const environment = Object.fromEntries(
    (await readFile(`/proc/${pid}/environ`, 'utf8'))
      .split('\0')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const),
  );
  const port = await anyFreePort();
  const full = await open('/dev/full', 'w');
  const api = resolve(world.sources, 'apps/api');
  const running = spawn(process.execPath, [resolve(api, 'src/main.ts')], {
    cwd: api,
    env: { ...environment, API_PORT: String(port), LOG_LEVEL: 'info' },
    stdio: ['ignore', full.fd, full.fd],
  });
  await full.close();
  return { url: `http://127.0.0.1:${port}`, process: running };
}

const isReady = (url: string): Promise<boolean> =>
  ask(url, { path: '/readyz' }).then(
    ({ status }) => status === 200,
    () => false,
  );

/** It starts and serves, though nothing of what it says can be kept. */
async function withFullLog(world: World, pair: Pair, findings: Findings): Promise<void> {
  const { url, process: running } = await startOnFullLog(world);
  try {
    const isUp = await comesTrue(() => isReady(url), 30_000);
    findings.holds(isUp, 'an API whose log is full does not start');
    if (!isUp) return;
    const asked = { path: `/v1/talks/${pair.talkId}/messages`, headers: pair.patient.headers() };
    const read = (): Promise<number> =>
      ask(url, asked).then(
        ({ status }) => status,
        () => 0,
      );
    // Failures are logged, and each must leave the process as it was.
    const room = await fillAuditDisk(world);
    for (let time = 0; time < 20; time += 1) {
      const status = await read();
      findings.holds(
        status === 503,
        `with the log full, what cannot be recorded was answered with ${status}`,
      );
    }
    await room();
    const status = await read();
    findings.holds(status === 200, `reading was answered with ${status} while the log is full`);
    findings.holds(
      running.exitCode === null,
      `the API ended with ${running.exitCode} because its log was full`,
    );
    findings.note('an API whose log has no room starts and goes on');
  } finally {
    running.kill('SIGKILL');
  }
}

/** What cannot be recorded does not happen; what cannot be logged happens all the same. */
export const noAudit: Fault = {
  id: 'F20',
  title: 'No room for the audit, or for the log',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.further();
    const pair = await newPair(world.target);
    ground.undo(await withoutAudit(world, pair, findings));
    arranged(process.platform === 'linux', 'a device that is always full');
    await withFullLog(world, pair, findings);
    return findings.outcome;
  },
};
