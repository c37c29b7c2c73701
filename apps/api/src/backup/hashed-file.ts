import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough, type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BackupRefusal } from './backup-refusal.ts';
import type { Part } from './manifest.ts';

/** Passes bytes on and counts and hashes them. */
function meter(): { readonly stream: Transform; result(): { bytes: number; sha256: string } } {
  const hash: Hash = createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ bytes, sha256: hash.digest('hex') }) };
}

/**
 * Writes a new file below the backup's folder, flushed to disk, and tells its size and hash.
 * @param through what the bytes go through before they are written, such as a compressor
 * @throws when there is such a file already, or the disk is full
 */
export async function writePart(
  folder: string,
  path: string,
  source: Readable,
  through: Transform = new PassThrough(),
): Promise<Part> {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const file = await open(target, 'wx', 0o600);
  const { stream, result } = meter();
  try {
    await pipeline(source, through, stream, file.createWriteStream({ flush: true }));
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
  return { path, ...result() };
}

/** Holds a part against what the manifest says of it. @throws BackupRefusal that names the part */
export async function checkPart(folder: string, { path, bytes, sha256 }: Part): Promise<void> {
  const { stream, result } = meter();
  try {
    await pipeline(createReadStream(join(folder, path)), stream.resume());
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new BackupRefusal(`${path} of the backup cannot be read (${code ?? 'damaged'}).`);
  }
  const found = result();
  if (found.bytes !== bytes || found.sha256 !== sha256) {
    throw new BackupRefusal(`${path} of the backup was changed or damaged: it is not what was written.`);
  }
}

/** A small new file for its owner's eyes, flushed to disk. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
