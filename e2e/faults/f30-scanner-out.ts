import { setTimeout as delay } from 'node:timers/promises';
import { upload } from '../attacks/means/caller.ts';
import { newPair, type Pair, say } from '../attacks/means/cast.ts';
import { type Clamd, clamdProgram, startClamd } from '../attacks/means/clamd.ts';
import { comesTrue } from '../attacks/means/target.ts';
import { dataOf } from '../attacks/means/wire.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { requireTool } from './means/tools.ts';

/** The patient sends a file. @returns the attachment's id */
async function send({ patient, talkId }: Pair, content: string | Buffer): Promise<string> {
  const taken = await upload(patient, `/v1/talks/${talkId}/uploads`, { name: 'notes.txt', content });
  const { id } = dataOf(taken) as { id: string };
  await say(patient, talkId, 'Here it is.', [id]);
  return id;
}

/** What the clinician is told of a file, and the status of its download. */
async function look({ doctor, talkId }: Pair, id: string) {
  const page = dataOf(await doctor.ask({ path: `/v1/talks/${talkId}/messages` })) as {
    data: { attachments: { id: string; scan: string }[] }[];
  };
  const found = page.data.flatMap(({ attachments }) => attachments).find((one) => one.id === id);
  const { status } = await doctor.ask({ path: `/v1/attachments/${id}/content` });
  return { scan: found?.scan, status };
}

const becomes = (pair: Pair, id: string, scan: string, within = 90_000): Promise<boolean> =>
  comesTrue(async () => (await look(pair, id)).scan === scan, within, 200);

/** For so long a file is called "checking" and handed out to nobody. */
async function staysShut(
  pair: Pair,
  id: string,
  ms: number,
  when: string,
  findings: Findings,
): Promise<void> {
  const until = Date.now() + ms;
  let wrong = '';
  while (Date.now() < until && wrong === '') {
    const { scan, status } = await look(pair, id);
    if (scan !== 'checking' || status === 200) wrong = `${scan}, downloaded with ${status}`;
    await delay(200);
  }
  findings.holds(wrong === '', `${when} a file is ${wrong}`);
}

async function opens(pair: Pair, id: string, when: string, findings: Findings): Promise<number> {
  const begun = Date.now();
  findings.holds(await becomes(pair, id, 'clean'), `${when} a file is not looked at again`);
  findings.holds((await look(pair, id)).status === 200, `${when} a clean file cannot be downloaded`);
  return (Date.now() - begun) / 1000;
}

async function breakScanner(pair: Pair, clamd: Clamd, findings: Findings, fast: boolean): Promise<void> {
  const shut = fast ? 4000 : 20_000;
  await clamd.kill();
  const down = await send(pair, 'While it was down.');
  await staysShut(pair, down, shut, 'while the scanner is down', findings);
  await clamd.start();
  const afterDown = await opens(pair, down, 'after the scanner was down', findings);

  clamd.pause();
  const hung = await send(pair, 'While it hung.');
  // In full longer than anybody waits for an answer of it: the scan is given up and begun again.
  await staysShut(pair, hung, fast ? shut : 130_000, 'while the scanner hangs', findings);
  const others = await pair.doctor.ask({ path: `/v1/talks/${pair.talkId}` });
  findings.holds(others.status === 200 && others.took < 500, 'a scanner that hangs holds up the API');
  clamd.resume();
  const afterHung = await opens(pair, hung, 'after the scanner hung', findings);

  await clamd.limitTo('1M');
  const long = await send(pair, Buffer.alloc(3_000_000, 'a long letter '));
  await staysShut(pair, long, shut, 'beyond a limit of the scanner', findings);
  await clamd.limitTo('600M');
  const afterLong = await opens(pair, long, 'once the limit is large enough', findings);

  const news = `a threat that is ${'new'.repeat(9)} today`;
  findings.holds(await becomes(pair, await send(pair, 'A word.'), 'clean'), 'nothing is looked at');
  await clamd.learn(news);
  const found = await send(pair, `before ${news} after`);
  findings.holds(await becomes(pair, found, 'infected'), 'a signature that was added finds nothing');
  findings.holds((await look(pair, found)).status !== 200, 'what the new signature knows is handed out');
  findings.note(
    `clean and open again ${afterDown.toFixed(0)} s after it was down, ${afterHung.toFixed(0)} s after it hung, ` +
      `${afterLong.toFixed(0)} s after its limit was raised; a new signature is known with the next file`,
  );
}

/** What nobody has looked at reaches nobody, however the scanner fails, and is looked at when it is back. */
export const scannerOut: Fault = {
  id: 'F30',
  title: 'The scanner is down, hangs, cuts the stream, or knows too little',
  async run(ground) {
    const findings = new Findings();
    await requireTool('clamav-daemon', [clamdProgram]);
    const clamd = await startClamd();
    arranged(clamd !== undefined, 'clamd');
    ground.undo(clamd.close);
    ground.undo(async () => clamd.resume());
    const world = await ground.further({ settings: { CLAMD_ADDRESS: `unix:${clamd.socket}` } });
    const pair = await newPair(world.target);
    const first = await send(pair, 'A harmless word.');
    arranged(await becomes(pair, first, 'clean'), 'a harmless file that is found clean');
    await breakScanner(pair, clamd, findings, ground.fast);
    return findings.outcome;
  },
};
