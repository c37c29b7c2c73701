import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { anyFreePort } from '@casetalk/local-stack';
import { vi } from 'vitest';
import type { TestApi } from './api.ts';

/** The API as a process of its own, over a test's database and files, for tests that end it as no test may end itself. */
export interface ApiProcess {
  readonly url: string;
  /** Starts it, also again; done once it is ready. */
  start(): Promise<void>;
  /** As a power cut would: nothing of it runs on. */
  kill(): Promise<void>;
}

export async function apiProcess(api: TestApi): Promise<ApiProcess> {
  const port = await anyFreePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = Object.entries(api.deps.settings).filter(([, value]) => value !== undefined);
  const env = {
    ...Object.fromEntries(settings.map(([name, value]) => [name, String(value)])),
    API_PORT: String(port),
  };
  const cwd = join(import.meta.dirname, '../..');
  let running: ChildProcess | undefined;
  return {
    url,
    async start() {
      running = spawn(process.execPath, ['src/main.ts'], { cwd, env, stdio: 'ignore' });
      await vi.waitUntil(async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200, {
        timeout: 20_000,
        interval: 20,
      });
    },
    async kill() {
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const ended = once(running, 'exit');
      running.kill('SIGKILL');
      await ended;
    },
  };
}
