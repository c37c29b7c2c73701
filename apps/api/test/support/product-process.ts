import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Settings } from '../../src/settings.ts';

/** A process of the product's own, as a supervisor starts it. */
export interface ProductProcess {
  readonly child: ChildProcess;
  /** Code and signal that it ended with. */
  readonly ended: Promise<readonly [number | null, NodeJS.Signals | null]>;
  /** Everything that it has logged, one line each. */
  readonly lines: readonly string[];
}

/** Starts the API or the worker with the settings of a test's API, and others where named. */
export function startProcess(
  script: 'main' | 'worker',
  settings: Settings,
  others: Readonly<Record<string, string>> = {},
): ProductProcess {
  const given = Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value)] as const);
  const child = spawn(process.execPath, [`src/${script}.ts`], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...Object.fromEntries(given), ...others },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => void lines.push(...text.split('\n')));
  return {
    child,
    ended: once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>,
    lines,
  };
}
