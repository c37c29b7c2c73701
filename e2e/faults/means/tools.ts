import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';
import { NotArranged } from '../fault.ts';

const run = promisify(execFile);
const minutes = 60_000;

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Makes sure of a program or library of the system, and installs its Debian package where we may.
 * @param paths where it may stand
 * @returns the one that does
 * @throws NotArranged where it can neither be found nor installed
 */
export async function requireTool(packageName: string, paths: readonly string[]): Promise<string> {
  const find = async (): Promise<string | undefined> => {
    for (const path of paths) if (await isThere(path)) return path;
    return undefined;
  };
  const found = await find();
  if (found !== undefined) return found;
  const aptGet = (...args: readonly string[]): Promise<unknown> =>
    run('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args], { timeout: 3 * minutes });
  const install = (): Promise<unknown> => aptGet('install', '-y', '--no-install-recommends', packageName);
  try {
    // A list of packages that is old, or not there yet, is fetched first.
    await install().catch(() => aptGet('update').then(install));
  } catch (error) {
    throw new NotArranged(`Not arranged: ${packageName} is missing. ${String(error).slice(0, 200)}`);
  }
  const installed = await find();
  if (installed === undefined)
    throw new NotArranged(`Not arranged: ${packageName} has no ${paths.join(', ')}`);
  return installed;
}
