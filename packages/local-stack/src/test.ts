import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainError } from './plain-error.ts';
import { buildPortals } from './portals/build-portals.ts';
import { openWatchdog } from './processes/watchdog.ts';
import { root } from './root.ts';
import { inheritedEnvironment } from './settings.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';
import { untilAskedToStop } from './stack/stop-reasons.ts';
import { BROWSER_VARIABLE, findBrowser } from './testing/browser.ts';
import { countResults, type Report, verdictOf } from './testing/results.ts';
import { ADMIN_VARIABLE, startTestServer, TEMPLATE_VARIABLE } from './testing/template.ts';

const say = (line: string): void => console.log(line);
const watchdog = openWatchdog();

// Whatever is under way, the watchdogs end and remove it as soon as we are gone.
void untilAskedToStop().then(() => process.exit(130));

/** Runs vitest over the workspace, in our terminal, and resolves with its exit code. */
function runVitest(env: Record<string, string | undefined>, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const child = spawn(process.execPath, [vitest, 'run', ...args], {
      cwd: root,
      env,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const { pid } = child;
    if (pid !== undefined) watchdog.guard(pid);
    child.once('error', reject);
    child.once('close', (code) => {
      if (pid !== undefined) watchdog.release(pid);
      resolve(code ?? 1);
    });
  });
}

async function readReport(file: string): Promise<Report | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Report);
}

async function test(): Promise<number> {
  const folder = await makeTemporaryFolder();
  watchdog.discard(folder);
  say('Starting PostgreSQL, building the portals and looking for a browser …');
  await buildPortals({ shelf: join(root, '.data', 'portals'), sink: () => undefined, watchdog, say });
  const browser = await findBrowser(say);
  const server = await startTestServer(say);
  try {
    const reportFile = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    const env = {
      ...inheritedEnvironment(),
      [ADMIN_VARIABLE]: server.adminUrl,
      [TEMPLATE_VARIABLE]: server.template,
      [BROWSER_VARIABLE]: browser,
    };
    const exitCode = await runVitest(env, [...reporters, ...process.argv.slice(2)]);
    const verdict = verdictOf(countResults(await readReport(reportFile)), exitCode);
    for (const line of verdict.remarks) say(line);
    // The last line is for machines: nothing follows it.
    say(`${verdict.passed} passed, ${verdict.failed} failed`);
    return verdict.failed === 0 ? 0 : 1;
  } finally {
    await server.stop();
  }
}

try {
  process.exitCode = await test();
} catch (error) {
  console.error(error instanceof PlainError ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
process.exit();
