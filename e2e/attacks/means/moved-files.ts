import { randomBytes } from 'node:crypto';
import { open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { arranged, type Tally } from '../attack.ts';
import type { World } from '../world.ts';
import { upload } from './caller.ts';
import { newPair, say } from './cast.ts';
import { contents } from './contents.ts';
import { dataOf } from './wire.ts';

/** Exchanges the bytes of two files on the disk, and flips a bit of one. */
export async function moveFiles(world: World, tally: Tally): Promise<void> {
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
