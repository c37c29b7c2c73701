import { readdir, readFile } from 'node:fs/promises';

/** The number of the process that listens on this address of this machine: a script of the product's, by its setting. */
async function processAt(script: string, setting: string): Promise<number | undefined> {
  for (const pid of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(pid)) continue;
    const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '');
    if (!(await read('cmdline')).includes(script)) continue;
    if ((await read('environ')).split('\0').includes(setting)) return Number(pid);
  }
  return undefined;
}

/** The API's process. @throws where there is no /proc to find it in */
export async function apiProcess(apiUrl: string): Promise<number> {
  const pid = await processAt('apps/api/src/main.ts', `API_PORT=${new URL(apiUrl).port}`);
  if (pid === undefined) throw new Error('The API’s process was not found in /proc.');
  return pid;
}

/** Resident bytes of a process; zero once it is gone. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

/** Follows how much memory a process takes while something is done. @returns the most that it grew by, in bytes */
export async function growthOf(pid: number, act: () => Promise<unknown>): Promise<number> {
  const before = await residentBytes(pid);
  let most = before;
  const looking = setInterval(() => {
    void residentBytes(pid).then((now) => {
      most = Math.max(most, now);
    });
  }, 100);
  try {
    await act();
  } finally {
    clearInterval(looking);
  }
  return Math.max(most, await residentBytes(pid)) - before;
}

export const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
