import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Receives each line that a process of the product writes. */
export type LineSink = (name: string, line: string) => void;

/** Feeds the lines of a stream to a sink, whole lines at a time. */
export function pourLines(stream: Readable, name: string, sink: LineSink): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) =>
    sink(name, line),
  );
}

export interface LogFile {
  readonly sink: LineSink;
  readonly close: () => Promise<void>;
}

/** A file that the lines of all processes go to, each with the name of its writer in front. Written anew. */
export async function openLogFile(file: string): Promise<LogFile> {
  await mkdir(dirname(file), { recursive: true });
  const stream = createWriteStream(file, { mode: 0o600 });
  return {
    sink: (name, line) => void stream.write(`${name.padEnd(9)} ${line}\n`),
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
}
