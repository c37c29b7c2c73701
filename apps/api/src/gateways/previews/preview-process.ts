import { Console } from 'node:console';
import { constants, setPriority } from 'node:os';
import { drawPicture, type Drawing, type Pixels } from './draw-picture.ts';
import { previewLimits } from './preview-limits.ts';
import type { PreviewHead } from './preview-maker.ts';

/**
 * Runs once for one file: bytes come from standard input, the preview leaves by standard output. Any failure ends the
 * process with 1, and means that there is no preview.
 */
async function main(mediaType: string): Promise<void> {
  // Libraries say what they do not like; standard output is for the answer.
  globalThis.console = new Console(process.stderr);
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const { pages, webp } = await draw(mediaType, await input());
  const head: PreviewHead = { pages };
  process.stdout.write(`${JSON.stringify(head)}\n`);
  await new Promise((resolve) => process.stdout.end(webp, () => resolve(undefined)));
}

/** What libvips does not read. Each is loaded when it is needed: a process draws one file. */
const readers: Readonly<Record<string, (bytes: Buffer) => Promise<Pixels>>> = {
  'image/bmp': async (bytes) => (await import('./bitmap.ts')).readBitmap(bytes),
  'image/heic': async (bytes) => (await import('./heic.ts')).readHeic(bytes),
  'application/pdf': async (bytes) => (await import('./pdf.ts')).readPdf(bytes),
};

async function draw(mediaType: string, bytes: Buffer): Promise<Drawing> {
  const read = readers[mediaType];
  return drawPicture(read ? await read(bytes) : bytes);
}

async function input(): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > previewLimits.input) throw new Error('The file is too large to be drawn.');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

main(process.argv[2] ?? '').catch(() => process.exit(1));
