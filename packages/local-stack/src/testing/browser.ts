import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PlainError } from '../plain-error.ts';
import { root } from '../root.ts';
import { inheritedEnvironment } from '../settings.ts';

export const BROWSER_VARIABLE = 'CASETALK_BROWSER';

const run = promisify(execFile);
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** True when the program is there and its libraries load: a stub or half an installation is of no use. */
async function runs(program: string): Promise<boolean> {
  try {
    await access(program);
    const { stdout } = await run(program, ['--version'], { timeout: 20_000 });
    return /Chrom/.test(stdout);
  } catch {
    return false;
  }
}

async function firstThatRuns(programs: readonly string[]): Promise<string | undefined> {
  for (const program of programs) if (await runs(program)) return program;
  return undefined;
}

/** Where Playwright keeps the Chromium that it would download. */
async function playwrightsChromium(): Promise<string> {
  const require = createRequire(join(root, 'e2e/package.json'));
  const ask = `process.stdout.write(require(${JSON.stringify(require.resolve('playwright'))}).chromium.executablePath())`;
  return (await run(process.execPath, ['-e', ask])).stdout;
}

async function attempt(
  say: (line: string) => void,
  words: string,
  act: () => Promise<unknown>,
): Promise<void> {
  say(words);
  try {
    await act();
  } catch (error) {
    say(
      `That failed: ${error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : String(error)}`,
    );
  }
}

/**
 * Path of a Chromium or Chrome that runs on this machine: the one it has, else one that Playwright downloads,
 * else, on Debian as root, the distribution's. Throws a PlainError when there is none to be had.
 */
export async function findBrowser(say: (line: string) => void): Promise<string> {
  const chosen = inheritedEnvironment()[BROWSER_VARIABLE];
  const present = await firstThatRuns(chosen === undefined ? PLACES : [chosen, ...PLACES]);
  if (present !== undefined) return present;

  const downloaded = await playwrightsChromium();
  if (await runs(downloaded)) return downloaded;
  const require = createRequire(join(root, 'e2e/package.json'));
  const cli = join(require.resolve('playwright/package.json'), '..', 'cli.js');
  await attempt(say, 'There is no browser here; downloading Chromium (about 150 MB) …', () =>
    run(process.execPath, [cli, 'install', 'chromium'], {
      timeout: 600_000,
      // Where the download is blocked, find out soon.
      env: { ...inheritedEnvironment(), PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
    }),
  );
  if (await runs(downloaded)) return downloaded;

  const isDebianRoot =
    process.getuid?.() === 0 &&
    (await access('/etc/debian_version').then(
      () => true,
      () => false,
    ));
  if (isDebianRoot) {
    const env = { ...inheritedEnvironment(), DEBIAN_FRONTEND: 'noninteractive' };
    await attempt(say, 'Installing Chromium from the distribution …', async () => {
      await run('apt-get', ['update'], { env, timeout: 300_000 });
      await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
        env,
        timeout: 900_000,
      });
    });
    const installed = await firstThatRuns([downloaded, ...PLACES]);
    if (installed !== undefined) return installed;
  }
  throw new PlainError(
    'The browser stories need Chromium or Chrome, and none could be found or installed. Install one ' +
      '(on Debian: apt-get install chromium) or set CASETALK_BROWSER to the path of its program.',
  );
}

/** How a browser has to be started on this machine: quiet, and without its sandbox where that needs more rights. */
export function browserArguments(): readonly string[] {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet;
}
