import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { arranged, NotArranged } from '../fault.ts';
import type { Ground } from '../ground.ts';
import { requireTool } from './tools.ts';

/** The threads of a Node process that do its work on files; sockets belong to the main one. */
async function fileThreads(pid: number): Promise<string[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const found: string[] = [];
  for (const thread of threads) {
    const name = await readFile(`/proc/${pid}/task/${thread}/comm`, 'latin1').catch(() => '');
    if (/^(libuv-worker|node)/.test(name) && Number(thread) !== pid) found.push(thread);
  }
  return found;
}

/**
 * From now on system calls of a process's file threads fail.
 * @param injection as `strace -e inject=` takes it
 * @returns a function that ends it, and tells how many calls failed
 */
export async function injectInto(
  ground: Ground,
  pid: number,
  injection: string,
): Promise<() => Promise<number>> {
  const strace = await requireTool('strace', ['/usr/bin/strace', '/usr/local/bin/strace']);
  const [calls = ''] = injection.split(':');
  const threads = await fileThreads(pid);
  arranged(threads.length > 0, 'the threads that work on files');
  const tracer: ChildProcess = spawn(
    strace,
    [
      '-q',
      ...threads.flatMap((thread) => ['-p', thread]),
      '-e',
      `trace=${calls}`,
      '-e',
      `inject=${injection}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  tracer.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(tracer, 'exit');
  const stop = async (): Promise<number> => {
    if (tracer.exitCode === null && tracer.signalCode === null) {
      tracer.kill('SIGINT');
      await ended;
    }
    return said.split('\n').filter((line) => line.includes('(INJECTED)')).length;
  };
  ground.undo(stop);
  // It says nothing when it has attached.
  await delay(700);
  if (tracer.exitCode !== null) throw new NotArranged(`Not arranged: strace. ${said.slice(0, 200)}`);
  return stop;
}
