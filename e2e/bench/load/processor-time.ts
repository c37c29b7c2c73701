import { readFile } from 'node:fs/promises';

/** Linux counts processor time in hundredths of a second, whatever the kernel's own clock is. */
const millisecondsPerTick = 10;

interface Ticks {
  readonly own: number;
  /** Of children that have ended and were waited for. */
  readonly ended: number;
}

/** Fields 14 to 17 of /proc/<pid>/stat (proc(5)); undefined where there is no such process or no /proc. */
async function ticksOf(pid: number): Promise<Ticks | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // The name stands in parentheses and may hold blanks.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const at = (field: number): number => Number(fields[field - 3]);
  return { own: at(14) + at(15), ended: at(16) + at(17) };
}

/** Processor milliseconds that a process with all its threads has used; undefined off Linux. */
export async function processorTime(pid: number): Promise<number | undefined> {
  const ticks = await ticksOf(pid);
  return ticks && ticks.own * millisecondsPerTick;
}

/** The same of a process and its children, living and ended: PostgreSQL has one for each connection. */
export async function processorTimeOfFamily(pid: number): Promise<number | undefined> {
  const parent = await ticksOf(pid);
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => undefined);
  if (parent === undefined || children === undefined) return undefined;
  let sum = parent.own + parent.ended;
  for (const child of children.split(' ').filter((part) => part !== '')) {
    const ticks = await ticksOf(Number(child));
    sum += (ticks?.own ?? 0) + (ticks?.ended ?? 0);
  }
  return sum * millisecondsPerTick;
}

/** Resident memory of a process in bytes; undefined off Linux. */
export async function residentMemory(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1];
  return found === undefined ? undefined : Number(found) * 1024;
}
