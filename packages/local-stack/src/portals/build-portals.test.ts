import { access, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWatchdog, type Watchdog } from '../processes/watchdog.ts';
import { buildPortals } from './build-portals.ts';

let shelf: string;
let watchdog: Watchdog;

beforeEach(async () => {
  shelf = await mkdtemp(join(tmpdir(), 'builds-'));
  watchdog = openWatchdog();
});

afterEach(async () => {
  await watchdog.dismiss();
  await rm(shelf, { recursive: true });
});

test('builds each portal once, compressed, and not again while its sources stay', {
  timeout: 120_000,
}, async () => {
  const said: string[] = [];
  const build = () =>
    buildPortals({ shelf, sink: () => undefined, watchdog, say: (line) => said.push(line) });
  const first = await build();
  expect(said).toEqual(['Building the clinician portal …', 'Building the patient portal …']);

  for (const folder of Object.values(first)) {
    await access(join(folder, 'index.html'));
    const assets = await readdir(join(folder, 'assets'));
    const script = assets.find((name) => name.endsWith('.js')) ?? '';
    const [plain, br, gz] = await Promise.all(
      ['', '.br', '.gz'].map(async (ending) => (await stat(join(folder, 'assets', script + ending))).size),
    );
    expect(br).toBeLessThan(gz ?? 0);
    expect(gz).toBeLessThan(plain ?? 0);
  }

  await writeFile(join(first.patient, 'mark'), '');
  expect(await build()).toEqual(first);
  expect(said).toHaveLength(2);
  await access(join(first.patient, 'mark'));
});
