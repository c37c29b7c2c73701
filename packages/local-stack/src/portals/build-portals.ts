import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { PlainError } from '../plain-error.ts';
import type { LineSink } from '../processes/log.ts';
import { runScript } from '../processes/run-script.ts';
import type { Watchdog } from '../processes/watchdog.ts';
import { root } from '../root.ts';
import { inheritedEnvironment } from '../settings.ts';
import type { PortalName } from './portal-server.ts';

export interface BuildOptions {
  /** Folder that keeps the builds, each under the name of what it was made from. */
  readonly shelf: string;
  readonly sink: LineSink;
  readonly watchdog: Watchdog;
  /** Receives a sentence when something has to be built. */
  readonly say: (line: string) => void;
  /** The checkout whose portals are built; this one when absent. */
  readonly sources?: string | undefined;
}

const SHARED = ['packages/contract', 'packages/client', 'packages/ui', 'packages/portal'];
const SKIPPED = new Set(['node_modules', 'dist', '.vite']);
const NOT_BUILT = /\.test\.tsx?$|\.md$/;
const COMPRESSIBLE = new Set(['.js', '.css', '.html', '.svg', '.json']);
const WORTH_COMPRESSING_BYTES = 1_024;
const KEPT_BUILDS = 3;

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const wanted = entries.filter(({ name }) => !SKIPPED.has(name));
  const found = await Promise.all(
    wanted.map(async (entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    }),
  );
  return found.flat().sort();
}

/** A name for everything a portal is made from: its sources, what it shares, and the exact libraries. */
async function fingerprint(sources: string, portal: PortalName): Promise<string> {
  const hash = createHash('sha256');
  const folders = [`apps/${portal}`, ...SHARED].map((folder) => filesBelow(join(sources, folder)));
  const files = [...(await Promise.all(folders)).flat(), join(sources, 'pnpm-lock.yaml')];
  for (const file of files.filter((name) => !NOT_BUILT.test(name))) {
    const content = createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
    hash.update(`${relative(sources, file).split(sep).join('/')} ${content}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Lays a .br and a .gz beside each file that gains from it, so that the web server never compresses. */
async function compressAll(folder: string): Promise<void> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  for (const file of await filesBelow(folder)) {
    if (!COMPRESSIBLE.has(extname(file))) continue;
    const content = await readFile(file);
    if (content.length < WORTH_COMPRESSING_BYTES) continue;
    const [br, gz] = await Promise.all([
      promisify(brotliCompress)(content, { params }),
      promisify(gzip)(content, { level: 9 }),
    ]);
    await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Old builds go once a few newer ones stand beside them. */
async function removeOld(shelf: string, portal: PortalName): Promise<void> {
  const names = (await readdir(shelf)).filter((name) => name.startsWith(`${portal}-`));
  const aged = await Promise.all(
    names.map(async (name) => ({
      name,
      at: (await stat(join(shelf, name)).catch(() => undefined))?.mtimeMs ?? 0,
    })),
  );
  for (const { name } of aged.toSorted((a, b) => b.at - a.at).slice(KEPT_BUILDS)) {
    await rm(join(shelf, name), { recursive: true, force: true });
  }
}

async function buildPortal(portal: PortalName, options: BuildOptions): Promise<string> {
  const { shelf, sink, watchdog, say, sources = root } = options;
  const built = join(shelf, `${portal}-${await fingerprint(sources, portal)}`);
  if (await exists(join(built, 'index.html'))) {
    await utimes(built, new Date(), new Date());
    return built;
  }
  say(`Building the ${portal} portal …`);
  const cwd = join(sources, 'apps', portal);
  const vite = join(cwd, 'node_modules/vite/bin/vite.js');
  if (!(await exists(vite))) throw new PlainError(`The libraries of apps/${portal} are not installed.`);
  const fresh = await mkdtemp(join(shelf, `building-${portal}-`));
  try {
    await runScript({
      name: `build-${portal}`,
      script: vite,
      args: ['build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'],
      cwd,
      env: { ...inheritedEnvironment(), NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: undefined },
      sink,
      watchdog,
    });
    await compressAll(fresh);
    // Whoever finishes first wins; the same sources make the same files.
    await rename(fresh, built).catch(async (error: unknown) => {
      if (!(await exists(join(built, 'index.html')))) throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  await removeOld(shelf, portal);
  return built;
}

/**
 * Builds both portals where their sources changed since the last time, and resolves with the folder of each. A
 * build stands under the name of its sources, so that several programs can use one shelf at once.
 */
export async function buildPortals(options: BuildOptions): Promise<Readonly<Record<PortalName, string>>> {
  await mkdir(options.shelf, { recursive: true });
  const clinician = await buildPortal('clinician', options);
  const patient = await buildPortal('patient', options);
  return { clinician, patient };
}
