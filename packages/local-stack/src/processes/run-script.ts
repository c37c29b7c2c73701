import { spawn } from 'node:child_process';
import { PlainError } from '../plain-error.ts';
import type { Environment } from '../settings.ts';
import { type LineSink, pourLines } from './log.ts';
import type { Watchdog } from './watchdog.ts';

export interface ScriptOptions {
  /** Name in front of its lines and in messages: one word. */
  readonly name: string;
  /** Path of the TypeScript or JavaScript file. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  readonly sink: LineSink;
  readonly watchdog: Watchdog;
}

const KEPT_LINES = 25;

/** Remembers the last lines of a process, for the message when it fails. */
export function rememberLines(sink: LineSink): { readonly sink: LineSink; readonly last: () => string } {
  const lines: string[] = [];
  return {
    sink: (name, line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      sink(name, line);
    },
    last: () => lines.join('\n'),
  };
}

/**
 * Runs a script of the product to its end, under the same Node as ours, and resolves with what it wrote to its
 * standard output. Throws a PlainError with its last lines when it fails.
 */
export function runScript(options: ScriptOptions): Promise<string> {
  const { name, script, args = [], cwd, env, watchdog } = options;
  const { sink, last } = rememberLines(options.sink);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { pid } = child;
    if (pid !== undefined) watchdog.guard(pid);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    pourLines(child.stdout, name, sink);
    pourLines(child.stderr, name, sink);
    child.once('error', reject);
    child.once('close', (code) => {
      if (pid !== undefined) watchdog.release(pid);
      if (code === 0) resolve(output);
      else reject(new PlainError(`${name} failed:\n${last()}`));
    });
  });
}
