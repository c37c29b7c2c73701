import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../root.ts';
import type { Environment } from '../settings.ts';

/** Runs one of the API's commands in our terminal, under the same Node as ours. @returns its exit code; 2 when it was killed */
export async function runOperatorCommand(
  script: string,
  args: readonly string[],
  env: Environment,
): Promise<number> {
  const api = join(root, 'apps/api');
  const running = spawn(process.execPath, [join(api, script), ...args], { cwd: api, env, stdio: 'inherit' });
  const [code] = (await once(running, 'close')) as [number | null];
  return code ?? 2;
}
