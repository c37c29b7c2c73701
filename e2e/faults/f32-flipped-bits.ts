import { randomBytes, randomInt } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { upload } from '../attacks/means/caller.ts';
import { newPair, type Pair, say } from '../attacks/means/cast.ts';
import { contents } from '../attacks/means/contents.ts';
import { comesTrue } from '../attacks/means/target.ts';
import { codeOf, dataOf } from '../attacks/means/wire.ts';
import type { World } from '../attacks/world.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { logSince } from './means/log.ts';

const canary = (): string => `zqflipped${randomBytes(10).toString('hex')}`;

interface SentFile {
  readonly id: string;
  readonly body: Buffer;
  /** Where its sealed bytes lie. */
  readonly place: string;
}

async function sendFile(world: World, { patient, talkId }: Pair): Promise<SentFile> {
  // Chunks of 64 KiB: a first one, some in the middle, and one that is not full.
  const body = Buffer.concat([contents.zip, randomBytes(300_000)]);
  const taken = await upload(patient, `/v1/talks/${talkId}/uploads`, { name: 'export.zip', content: body });
  const { id } = dataOf(taken) as { id: string };
  await say(patient, talkId, '', [id]);
  const [row] = await world.database.rows<{ key: string }>(
    'select file_id as key from attachments where id = $1',
    [id],
  );
  const key = row?.key ?? '';
  const found = (await readdir(world.filesDir, { recursive: true, withFileTypes: true })).find(
    (entry) => entry.isFile() && entry.name === key,
  );
  arranged(found !== undefined, 'a file whose bytes are found in the store');
  return { id, body, place: join(found.parentPath, found.name) };
}

/** Turns one bit of a file around; a second time it is as it was. */
async function flipInFile(path: string, bit: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, bit >> 3);
    await file.write(Buffer.from([(byte[0] ?? 0) ^ (1 << (bit & 7))]), 0, 1, bit >> 3);
  } finally {
    await file.close();
  }
}

/** Single bits all over a sealed file: whoever downloads gets right bytes, or none, or is cut off after right ones. */
async function flipFile(world: World, pair: Pair, flips: number, findings: Findings): Promise<void> {
  const { id, body, place } = await sendFile(world, pair);
  const file = await open(place, 'r');
  const { size } = await file.stat();
  await file.close();
  const bits = [0, 7, 8 * 20, 8 * size - 1, ...Array.from({ length: flips }, () => randomInt(8 * size))];
  let whole = 0;
  let cut = 0;
  for (const bit of bits) {
    await flipInFile(place, bit);
    const got = await pair.doctor.ask({ path: `/v1/attachments/${id}/content` }).catch(() => undefined);
    await flipInFile(place, bit);
    if (got === undefined) cut += 1;
    else whole += 1;
    // A connection that is cut gives nobody a file; an answer that ends must be a refusal that says nothing.
    findings.holds(
      got === undefined || (got.status === 500 && codeOf(got) === 'internal'),
      `bit ${bit} of a file was turned around, and its download answered with ${got?.status}`,
    );
  }
  const again = await pair.doctor.ask({ path: `/v1/attachments/${id}/content` });
  arranged(again.status === 200 && again.bytes.equals(body), 'a file that opens once it is as it was');
  findings.note(
    `${bits.length} single bits of a file: ${whole} refused before the first byte, ${cut} cut off`,
  );
}

interface Place {
  readonly name: string;
  readonly table: string;
  readonly key: string;
  readonly id: string;
  readonly column: string;
  /** Asked afterwards; must be refused, and must not show this word. */
  readonly path: string;
  readonly word: string;
}

/** Turns one bit of a column around; a second time it is as it was. */
const flipInRow = ({ database }: World, { table, key, id, column }: Place, bit: number): Promise<unknown> =>
  database.rows(
    `update ${table} set ${column} = set_bit(${column}, $2::bigint, 1 - get_bit(${column}, $2::bigint)) where ${key} = $1`,
    [id, bit],
  );

async function flipRow(
  world: World,
  pair: Pair,
  place: Place,
  flips: number,
  findings: Findings,
): Promise<void> {
  const { table, key, id, column, path, word, name } = place;
  const [row] = await world.database.rows<{ bits: number }>(
    `select 8 * length(${column}) as bits from ${table} where ${key} = $1`,
    [id],
  );
  const bits = row?.bits ?? 0;
  arranged(bits > 0, `something sealed in ${table}.${column}`);
  for (const bit of [0, bits - 1, ...Array.from({ length: flips }, () => randomInt(bits))]) {
    await flipInRow(world, place, bit);
    // A key is remembered for a while: whoever reads after a restart opens it anew.
    if (table === 'data_keys') await world.stack.restartApi();
    const got = await pair.doctor.ask({ path });
    await flipInRow(world, place, bit);
    findings.holds(
      got.status === 500 && codeOf(got) === 'internal',
      `a bit of ${name} was turned around, and reading answered with ${got.status}`,
    );
    findings.holds(!got.text.includes(word), `a bit of ${name} was turned around, and it was shown`);
  }
  if (table === 'data_keys') await world.stack.restartApi();
  const again = await pair.doctor.ask({ path });
  arranged(again.status === 200 && again.text.includes(word), `${name} that opens once it is as it was`);
}

async function flipRows(world: World, pair: Pair, flips: number, findings: Findings): Promise<void> {
  const { doctor, patient, talkId, caseId } = pair;
  const [said, among] = [canary(), canary()];
  const messageId = await say(patient, talkId, said);
  const { id: doctorsId } = dataOf(
    await doctor.send('POST', `/v1/cases/${caseId}/doctor-talk/messages`, { text: among }),
  ) as { id: string };
  const talk = `/v1/talks/${talkId}/messages`;
  const places: readonly (Place & { readonly flips: number })[] = [
    {
      name: 'a message',
      table: 'messages',
      key: 'id',
      id: messageId,
      column: 'body',
      path: talk,
      word: said,
      flips,
    },
    {
      name: 'a word among doctors',
      table: 'doctor_talk_messages',
      key: 'id',
      id: doctorsId,
      column: 'body',
      path: `/v1/cases/${caseId}/doctor-talk/messages`,
      word: among,
      flips,
    },
    {
      name: 'a talk’s key',
      table: 'data_keys',
      key: 'owner_id',
      id: talkId,
      column: 'wrapped',
      path: talk,
      word: said,
      flips: 1,
    },
  ];
  for (const place of places) await flipRow(world, pair, place, place.flips, findings);
  findings.note(`${places.map(({ name }) => name).join(', ')}: 500 that says nothing, never wrong words`);
}

/** One bit that turned around on a disk or in a row is noticed by the seal, and told to the operator by ids. */
export const flippedBits: Fault = {
  id: 'F32',
  title: 'One bit turned around in a sealed file, text or key',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.further();
    const pair = await newPair(world.target);
    const log = await logSince(world);
    await flipFile(world, pair, ground.size(200, 12), findings);
    await flipRows(world, pair, ground.size(60, 4), findings);
    const told = await comesTrue(async () => {
      const lines = (await log()).filter((line) => line.includes('"sealed":"A seal is broken'));
      return (
        lines.some((line) => line.includes('bytes of file')) &&
        lines.some((line) => line.includes('messages.body'))
      );
    }, 5000);
    findings.holds(told, 'the log does not say which seals are broken');
    return findings.outcome;
  },
};
