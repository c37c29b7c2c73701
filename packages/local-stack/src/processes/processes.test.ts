import { type ChildProcess, spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anyFreePort } from '../ports.ts';
import { runScript } from './run-script.ts';
import { startService } from './service.ts';
import { openWatchdog, type Watchdog } from './watchdog.ts';

let folder: string;
let watchdog: Watchdog;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'processes-'));
  watchdog = openWatchdog();
  lines = [];
});

afterEach(async () => {
  await watchdog.dismiss();
  await rm(folder, { recursive: true });
});

async function script(code: string): Promise<string> {
  const file = join(folder, `script-${Math.random().toString(36).slice(2)}.mjs`);
  await writeFile(file, code);
  return file;
}

const options = (file: string, env: Record<string, string> = {}) => ({
  name: 'part',
  script: file,
  cwd: folder,
  env,
  sink: (name: string, line: string) => void lines.push(`${name}: ${line}`),
  watchdog,
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The number a script wrote into a file, once it is there. */
async function pidIn(file: string): Promise<number> {
  for (;;) {
    const pid = Number(await readFile(file, 'utf8').catch(() => '0'));
    if (pid > 0) return pid;
    await delay(20);
  }
}

async function untilDead(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(20);
}

/** A server that starts a grandchild, which ignores SIGTERM where DEAF is set. */
const SERVER = `
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
const deaf = process.env.DEAF ? "process.on('SIGTERM', () => undefined);" : '';
const child = spawn(process.execPath, ['-e', deaf + 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
writeFileSync('grandchild.pid', String(child.pid));
writeFileSync('server.pid', String(process.pid));
createServer((request, response) => {
  if (request.url === '/die') process.exit(3);
  response.writeHead(request.url === '/readyz' ? 200 : 404).end();
}).listen(process.env.PORT, '127.0.0.1', () => console.log('listening as ' + process.env.GREETING));
`;

describe('a service', () => {
  test('gets its environment, has its lines named, and is ready when its address answers', async () => {
    const port = await anyFreePort();
    const service = await startService({
      ...options(await script(SERVER), { PORT: String(port), GREETING: 'hello' }),
      readyUrl: `http://127.0.0.1:${port}/readyz`,
    });
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    await service.stop();
    expect(lines).toEqual(['part: listening as hello']);
    await expect(fetch(`http://127.0.0.1:${port}/readyz`)).rejects.toThrow('fetch failed');
  });

  test('takes what it started with it, even what ignores SIGTERM', async () => {
    const port = await anyFreePort();
    const service = await startService({
      ...options(await script(SERVER), { PORT: String(port), DEAF: 'yes' }),
      readyUrl: `http://127.0.0.1:${port}/readyz`,
      stopWithinMs: 500,
    });
    const grandchild = await pidIn(join(folder, 'grandchild.pid'));
    expect(isAlive(grandchild)).toBe(true);
    await service.stop();
    await untilDead(grandchild);
    expect(isAlive(service.pid)).toBe(false);
  });

  test('that ends while starting says its last words', async () => {
    const file = await script("console.error('no database'); process.exit(1);");
    const start = startService({ ...options(file), readyUrl: 'http://127.0.0.1:9/readyz' });
    await expect(start).rejects.toThrow('part ended while starting. Its last lines:\nno database');
  });

  test('that ends by itself later is reported once, and not when it was asked to stop', async () => {
    const ends: string[] = [];
    const port = await anyFreePort();
    const start = async () =>
      startService({
        ...options(await script(SERVER.replace(/const child.*\n.*grandchild.*\n/, '')), {
          PORT: String(port),
        }),
        readyUrl: `http://127.0.0.1:${port}/readyz`,
        onUnexpectedEnd: ({ how, lastLines }) => ends.push(`${how}: ${lastLines}`),
      });
    const first = await start();
    await fetch(`http://127.0.0.1:${port}/die`).catch(() => undefined);
    await untilDead(first.pid);
    await first.stop();
    expect(ends).toEqual(['exit code 3: listening as undefined']);
    await (await start()).stop();
    expect(ends).toHaveLength(1);
  });
});

describe('a script', () => {
  test('resolves with what it wrote', async () => {
    const file = await script("console.log(JSON.stringify(process.argv.slice(2))); console.error('aside');");
    expect(await runScript({ ...options(file), args: ['--list'] })).toBe('["--list"]\n');
    expect(lines.toSorted()).toEqual(['part: ["--list"]', 'part: aside']);
  });

  test('that fails says its last words', async () => {
    const file = await script("console.error('table is missing'); process.exit(2);");
    await expect(runScript(options(file))).rejects.toThrow('part failed:\ntable is missing');
  });
});

describe('when the parent is gone', () => {
  /** A program like ours: one service, one folder to throw away, and a life of its own. */
  async function startParent(): Promise<ChildProcess> {
    const port = await anyFreePort();
    const part = (name: string): string => JSON.stringify(join(import.meta.dirname, name));
    const file = join(folder, 'parent.ts');
    await mkdir(join(folder, 'scratch'));
    await writeFile(
      file,
      `import { openWatchdog } from ${part('watchdog.ts')};
       import { startService } from ${part('service.ts')};
       const watchdog = openWatchdog();
       watchdog.discard(${JSON.stringify(join(folder, 'scratch'))});
       await startService({
         name: 'part', script: ${JSON.stringify(await script(SERVER))}, cwd: ${JSON.stringify(folder)},
         env: { PORT: '${port}' }, sink: () => undefined, watchdog,
         readyUrl: 'http://127.0.0.1:${port}/readyz',
       });
       console.log('ready');
       setInterval(() => undefined, 1000);`,
    );
    const parent = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise<void>((resolve) => parent.stdout.once('data', () => resolve()));
    return parent;
  }

  test.each(['SIGTERM', 'SIGKILL'] as const)('by %s, nothing stays', async (signal) => {
    const parent = await startParent();
    const pids = [await pidIn(join(folder, 'server.pid')), await pidIn(join(folder, 'grandchild.pid'))];
    parent.kill(signal);
    await Promise.all(pids.map(untilDead));
    await expect
      .poll(
        () =>
          access(join(folder, 'scratch')).then(
            () => 'there',
            () => 'gone',
          ),
        { timeout: 10_000 },
      )
      .toBe('gone');
  });
});
