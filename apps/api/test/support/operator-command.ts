import { execFile } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs one of the operator's commands as an operator does: a process of its own that knows its environment alone. */
export function runOperatorCommand(
  name: 'backup' | 'restore' | 'dead-letters' | 'files-verify',
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const cwd = join(import.meta.dirname, '../..');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(cwd, `src/${name}.ts`), ...args],
      { cwd, env: { ...environment } },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
    );
  });
}
