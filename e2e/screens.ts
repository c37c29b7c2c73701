import { copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { accessScenes } from './gallery/access-scenes.ts';
import { Camera } from './gallery/camera.ts';
import { clinicianScenes } from './gallery/clinician-scenes.ts';
import { fileScenes } from './gallery/file-scenes.ts';
import { inboxScenes } from './gallery/inbox-scenes.ts';
import { invitationScenes } from './gallery/invitation-scenes.ts';
import { newDeviceScenes } from './gallery/new-device-scenes.ts';
import type { Scene } from './gallery/scene.ts';
import { secondFactorScenes } from './gallery/second-factor-scenes.ts';
import { talkScenes } from './gallery/talk-scenes.ts';
import { troubleScenes } from './gallery/trouble-scenes.ts';
import { startProduct } from './support/product.ts';
import { Stage } from './support/stage.ts';

const folder = join(import.meta.dirname, 'screens');
const readmePicture = join(import.meta.dirname, '../docs/pictures/patient-talk.png');
const readmeBytes = 250_000;

/** Clinicians first: what they do fills the mailroom that is shown last. */
const scenes: readonly Scene[] = [
  ...clinicianScenes,
  ...secondFactorScenes,
  ...invitationScenes,
  ...inboxScenes,
  ...newDeviceScenes,
  ...troubleScenes,
  ...accessScenes,
  ...fileScenes,
  ...talkScenes,
];

/** Copies the picture that the README shows. */
async function keepForReadme(): Promise<void> {
  const taken = join(folder, 'clinician/readme.png');
  const { size } = await stat(taken);
  if (size > readmeBytes)
    throw new Error(`The README’s picture has ${size} bytes, more than ${readmeBytes}.`);
  await mkdir(dirname(readmePicture), { recursive: true });
  await copyFile(taken, readmePicture);
  console.log(`Copied the README’s picture, ${Math.round(size / 1000)} kB.`);
}

/**
 * Walks through both portals and the mailroom and writes a picture of every screen and state.
 * `--readme` also renews the picture of the README; words after it choose scenes by name.
 */
async function takePictures(words: readonly string[]): Promise<number> {
  const wanted = words.filter((word) => !word.startsWith('--'));
  const chosen = scenes.filter(
    ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
  );
  if (wanted.length === 0) await rm(folder, { recursive: true, force: true });
  const { stack, product } = await startProduct({ say: (line) => console.log(line) });
  const camera = new Camera(folder);
  let failed = 0;
  try {
    for (const { name, walk } of chosen) {
      const stage = new Stage();
      await stage.raise(product);
      try {
        await walk(stage, camera);
      } catch (error) {
        failed += 1;
        console.error(`“${name}” stopped: ${error instanceof Error ? error.message : String(error)}`);
        stage.failedAt = name;
        await stage.picture(name);
      } finally {
        await stage.lower();
      }
    }
    console.log(`${camera.taken} pictures in ${folder}.`);
    if (words.includes('--readme')) await keepForReadme();
  } finally {
    await stack.stop();
  }
  return failed;
}

process.exitCode = (await takePictures(process.argv.slice(2))) === 0 ? 0 : 1;
