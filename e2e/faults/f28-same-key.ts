import { randomInt, randomUUID } from 'node:crypto';
import { idempotencyHeader } from '@casetalk/contract';
import type { Caller } from '../attacks/means/caller.ts';
import { newAccount, newPair, openCase, type Pair, say } from '../attacks/means/cast.ts';
import { contents } from '../attacks/means/contents.ts';
import { atOnce, inParallel } from '../attacks/means/in-parallel.ts';
import { formOf } from '../attacks/means/multipart.ts';
import type { Answer } from '../attacks/means/wire.ts';
import type { World } from '../attacks/world.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import type { Ledger } from './ledger.ts';
import { loseAnswer } from './means/lost-answer.ts';

/** Requests that go with each key. */
const perKey = 4;
/** Keys of one pair: fewer requests than a person may make in a minute. */
const keysOfPair = 250;

interface Written {
  readonly method: 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
}

const json = (caller: Caller, path: string, key: string, body: unknown): Written => ({
  method: 'POST',
  path,
  headers: { ...caller.headers(), 'content-type': 'application/json', [idempotencyHeader]: key },
  body: JSON.stringify(body),
});

/** The ways in which one request comes to be sent four times; each gives the answers that somebody got to read. */
const ways: readonly ((world: World, caller: Caller, sent: Written) => Promise<Answer[]>)[] = [
  // A double click, twice.
  (_, caller, sent) => atOnce(perKey, () => caller.ask(sent)),
  // Refreshed, gone back, pressed again.
  async (_, caller, sent) => {
    const answers: Answer[] = [];
    for (let time = 0; time < perKey; time += 1) answers.push(await caller.ask(sent));
    return answers;
  },
  // The answer is lost on its way, and the same is sent again.
  async ({ apiUrl }, caller, sent) => {
    await loseAnswer(apiUrl, sent, randomInt(15));
    return atOnce(perKey - 1, () => caller.ask(sent));
  },
];

/** Messages of one pair, each sent four times. @returns how many keys were acknowledged */
async function sendAll(world: World, ledger: Ledger, keys: number, findings: Findings): Promise<number> {
  const pair = await newPair(world.target);
  const { patient, doctor, talkId } = pair;
  const sent: string[] = [];
  await inParallel(Array.from({ length: keys }), 4, async (_, index) => {
    const side = index % 2 === 0 ? 'patient' : 'doctor';
    const caller = side === 'patient' ? patient : doctor;
    const key = randomUUID();
    const text = `Word ${index} of ${talkId}`;
    const written = json(caller, `/v1/talks/${talkId}/messages`, key, { text, attachmentIds: [] });
    const answers = (await ways[index % ways.length]?.(world, caller, written)) ?? [];
    const [first] = answers;
    const statuses = answers.map(({ status }) => status);
    findings.holds(
      statuses.every((status) => status === 201),
      `a message sent again was answered with ${statuses.join(', ')}`,
    );
    findings.holds(
      answers.every((answer) => answer.text === first?.text),
      'two answers to one key differ',
    );
    if (first?.status !== 201) return;
    ledger.message(pair, side, (JSON.parse(first.text) as { id: string }).id, text);
    sent.push(key);
  });
  const wrote = await world.database.count(
    'select count(*) from messages where talk_id = $1 and send_key = any($2)',
    [talkId, sent],
  );
  findings.holds(wrote === sent.length, `${sent.length} keys wrote ${wrote} messages`);
  const recorded = await world.database.count(
    `select count(*) from audit_events where action = 'message.sent'
     and resource_id in (select id from messages where talk_id = $1 and send_key = any($2))`,
    [talkId, sent],
  );
  findings.holds(recorded === sent.length, `${recorded} acts were recorded of ${sent.length} messages`);
  return sent.length;
}

/** Three clicks under one key and three in a second tab under keys of their own: one invitation. */
async function inviteFromTwoTabs(world: World, { doctor }: Pair, findings: Findings): Promise<void> {
  const { email } = await newAccount(world.target, 'patient');
  const caseId = await openCase(doctor);
  const key = randomUUID();
  const answers = await atOnce(6, (tab) =>
    doctor.ask(json(doctor, `/v1/cases/${caseId}/invitations`, tab < 3 ? key : randomUUID(), { email })),
  );
  const made = await world.database.count('select count(*) from invitations where case_id = $1', [caseId]);
  findings.holds(made === 1, `${made} invitations were made from two tabs`);
  const statuses = answers.map(({ status }) => status);
  findings.holds(
    statuses.includes(201) && statuses.every((status) => status === 201 || status === 409),
    `inviting from two tabs was answered with ${statuses.join(', ')}`,
  );
}

/** One file that is sent four times is one file; shared from six tabs it is one share. */
async function shareFromTwoTabs(world: World, pair: Pair, findings: Findings): Promise<void> {
  const { doctor, patient, talkId } = pair;
  const { type, body } = formOf({ fileName: 'knee.png', type: 'image/png', content: contents.png });
  const headers = { 'content-type': type, [idempotencyHeader]: randomUUID() };
  const uploads = await atOnce(4, () =>
    patient.ask({ method: 'POST', path: `/v1/talks/${talkId}/uploads`, headers, body }),
  );
  const statuses = uploads.map(({ status }) => status);
  findings.holds(
    statuses.every((status) => status === 201),
    `a file sent four times was answered with ${statuses.join(', ')}`,
  );
  const ids = new Set(uploads.map(({ text }) => (JSON.parse(text) as { id?: string }).id ?? ''));
  findings.holds(ids.size === 1, `one file was kept ${ids.size} times`);
  const [id = ''] = ids;
  await say(patient, talkId, '', [id]);
  const shares = await atOnce(6, () => doctor.send('POST', `/v1/attachments/${id}/share`));
  const shared = new Set(shares.map(({ text }) => (JSON.parse(text) as { id?: string }).id));
  findings.holds(shared.size === 1, `one file was shared ${shared.size} times`);
  const recorded = await world.database.count(
    `select count(*) from audit_events where action = 'attachment.shared' and resource_id = $1`,
    [id],
  );
  findings.holds(recorded === 1, `one share was recorded ${recorded} times`);
}

/** Whatever is sent again under its key, or pressed again elsewhere, happens once and is answered alike. */
export const sentAgain: Fault = {
  id: 'F28',
  title: 'Double click, refresh, back, two tabs, an answer that is lost',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.product();
    const ledger = ground.ledgerOf(world);
    const pairs = ground.size(10, 1);
    let keys = 0;
    for (let made = 0; made < pairs; made += 1)
      keys += await sendAll(world, ledger, ground.size(keysOfPair, 60), findings);
    arranged(keys > 0, 'messages that were taken');
    findings.note(`${keys * perKey} requests with ${keys} keys made ${keys} messages`);
    const rounds = ground.size(15, 3);
    for (let round = 0; round < rounds; round += 1) {
      // Their own: a clinician may invite so often in an hour.
      const pair = await newPair(world.target);
      await inviteFromTwoTabs(world, pair, findings);
      await shareFromTwoTabs(world, pair, findings);
    }
    return findings.outcome;
  },
};
