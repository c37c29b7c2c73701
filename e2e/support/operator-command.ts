import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const api = resolve(import.meta.dirname, '../../apps/api');

/** What a command of the operator's came to. */
export interface Ended {
  readonly code: number | null;
  /** All that it wrote. */
  readonly output: string;
  readonly seconds: number;
}

/**
 * Runs one of the API's commands as an operator does.
 * @param name of the file below apps/api/src, without its ending
 */
export async function runCommand(
  name: 'backup' | 'restore' | 'audit-verify' | 'files-verify',
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const begun = performance.now();
  const running = spawn(process.execPath, [resolve(api, `src/${name}.ts`), ...args], {
    cwd: api,
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [running.stdout, running.stderr])
    stream.on('data', (part: Buffer) => (output += part.toString()));
  const [code] = (await once(running, 'close')) as [number | null];
  return { code, output, seconds: (performance.now() - begun) / 1000 };
}
