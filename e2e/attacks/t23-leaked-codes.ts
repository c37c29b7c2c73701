import { createHash } from 'node:crypto';
import { type Attack, arranged, Tally } from './attack.ts';
import { inviteByMail, newCase, somebody } from './clinic.ts';
import { dumpOf, logOf } from './means/everything.ts';
import { codeByCall, codeByText, openLink, passCoolDown } from './means/registering-steps.ts';
import type { World } from './world.ts';

/** Six figures that stand for themselves: parts of instants, ids and longer numbers are none. */
const codesIn = (text: string): Set<string> =>
  new Set([...text.matchAll(/(?<![\w.:+-])\d{6}(?![\w.:-])/g)].map(([code]) => code));

const writings = (code: string): string[] => [
  createHash('sha256').update(code).digest('hex'),
  createHash('sha1').update(code).digest('hex'),
  createHash('md5').update(code).digest('hex'),
  Buffer.from(code).toString('base64'),
  `\\x${Buffer.from(code).toString('hex')}`,
];

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { A } = await world.clinic();
  const flows = world.size(100, 6);
  const codes: string[] = [];
  for (let flow = 0; flow < flows; flow += 1) {
    await world.passAnHour();
    const patient = somebody('Ana Ruiz', 10 + (flow % 80));
    const { link } = await inviteByMail(world, A, await newCase(A, patient.name), patient);
    const browser = await openLink(world, link);
    const replies: unknown[] = [];
    const client = browser.client;
    const code =
      flow % 4 === 0
        ? await codeByCall(world, browser, patient.mobile)
        : await codeByText(world, browser, patient.mobile);
    codes.push(code);
    replies.push(await client.getRegistration());
    await passCoolDown(world);
    replies.push(await client.sendRegistrationCode({ body: { methodId: 'mobile-text' } }));
    replies.push(
      await client.submitRegistrationCode({ body: { code: code === '000000' ? '000001' : '000000' } }),
    );
    if (flow % 2 === 0) replies.push(await client.submitRegistrationCode({ body: { code } }));
    // What is broken must not be repeated either.
    const broken = await browser.ask({
      method: 'POST',
      path: '/v1/registrations/current/verification/attempts',
      headers: { 'content-type': 'application/json' },
      body: `{"code":"${code}`,
    });
    replies.push(broken.text, broken.rawHeaders);
    tally.held(!codesIn(JSON.stringify(replies)).has(code), 'A reply repeats the code');
  }
  const [dump, log] = await Promise.all([dumpOf(world), logOf(world)]);
  arranged(dump.length > 10_000 && log.length > 0, 'a database and a log to search');
  const inDump = codesIn(dump);
  const inLog = codesIn(log);
  for (const code of codes) {
    tally.held(!inDump.has(code), 'A code stands in the database');
    tally.held(!inLog.has(code), 'A code stands in a log');
    for (const writing of writings(code))
      tally.held(
        !dump.includes(writing) && !log.includes(writing),
        `A code stands there as ${writing.slice(0, 12)}…`,
      );
  }
  tally.note(
    `${codes.length} codes, ${Math.round(dump.length / 1024)} KiB of rows and ${Math.round(log.length / 1024)} KiB of log`,
  );
  return tally;
}

export const t23: Attack = {
  id: 'T23',
  title: 'A code stands in a reply, a row, a queue or a log',
  run: async (world) => (await run(world)).outcome,
};
