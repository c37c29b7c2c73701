import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What a running start notes for the next one. */
export interface Running {
  readonly pid: number;
  /** Addresses by the name of what answers there; empty while starting. */
  readonly addresses: Readonly<Record<string, string>>;
}

export interface Claim {
  readonly announce: (addresses: Running['addresses']) => Promise<void>;
  readonly release: () => Promise<void>;
}

const HEARTBEAT_MS = 3_000;
/** A note that nobody touched for so long is left over from a machine that stopped. */
const STALE_MS = 15_000;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The start that runs on this data now, if any. */
export async function whoRuns(file: string): Promise<Running | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    const running = JSON.parse(text) as Running;
    return isAlive(running.pid) && Date.now() - mtimeMs < STALE_MS ? running : undefined;
  } catch {
    return undefined;
  }
}

/** Notes that this process runs on the data. The note is touched while we live, so that a dead one is told apart. */
export async function claimRunning(file: string): Promise<Claim> {
  const write = (addresses: Running['addresses']): Promise<void> =>
    writeFile(file, JSON.stringify({ pid: process.pid, addresses } satisfies Running));
  await mkdir(dirname(file), { recursive: true });
  await write({});
  const heartbeat = setInterval(() => {
    void utimes(file, new Date(), new Date()).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    announce: write,
    release: async () => {
      clearInterval(heartbeat);
      await rm(file, { force: true });
    },
  };
}
