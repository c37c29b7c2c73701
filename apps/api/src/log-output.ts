import { writeSync } from 'node:fs';

/** Where pino puts its lines. */
export interface LogOutput {
  write(line: string): void;
}

/** Bytes that wait for a reader who is behind; what comes beyond that is lost. */
const mostWaiting = 4 * 1024 ** 2;
/** Milliseconds until a reader who is behind is tried again. */
const pause = 50;

/**
 * Where log lines go when the disk beneath may be full, the reader slow or gone: a line that cannot be written is lost, and
 * how many were is said behind the first one that can be. The process goes on: what people did is recorded in the database.
 * pino's own destination throws on a full disk, and then waits for room before it lets the process end.
 * @param write takes bytes and answers how many it took, as `fs.writeSync` does
 */
export function createLogOutput(write: (bytes: Buffer) => number): LogOutput {
  let waiting: Buffer[] = [];
  let size = 0;
  let lost = 0;
  /** The line that was begun last has no end. */
  let torn = false;
  let retry: NodeJS.Timeout | undefined;

  function add(line: string): void {
    const bytes = Buffer.from(torn && waiting.length === 0 ? `\n${line}` : line);
    waiting.push(bytes);
    size += bytes.length;
  }

  /** @returns whether something was written, so that more may be */
  function writeFirst(): boolean {
    const [line] = waiting;
    if (line === undefined) return false;
    try {
      const taken = write(line);
      size -= taken;
      torn = taken < line.length;
      if (torn) waiting[0] = line.subarray(taken);
      else waiting.shift();
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN' || code === 'EBUSY') {
        retry ??= setTimeout(flush, pause).unref();
      } else {
        lost += waiting.length;
        waiting = [];
        size = 0;
      }
      return false;
    }
  }

  function flush(): void {
    clearTimeout(retry);
    retry = undefined;
    let wrote = false;
    while (writeFirst()) wrote = true;
    if (!wrote || lost === 0 || waiting.length > 0) return;
    const were = lost;
    lost = 0;
    add(`${JSON.stringify({ level: 50, time: Date.now(), msg: `${were} log lines were lost` })}\n`);
    while (writeFirst());
    // Room for one line and no more: it is said behind the next one.
    if (lost > 0) lost = were;
  }

  return {
    write(line) {
      if (size > mostWaiting) lost += 1;
      else add(line);
      flush();
    },
  };
}

/** The process has one standard output. */
export const standardOutput = createLogOutput((bytes) => writeSync(1, bytes));
