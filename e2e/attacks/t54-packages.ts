import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Attack, Tally } from './attack.ts';

/** The first versions in which what is known against these packages is mended. */
const floors: Readonly<Record<string, readonly string[]>> = {
  fastify: ['5.8.5'],
  '@fastify/multipart': ['9.0.3', '10.0.0'],
  'drizzle-orm': ['0.45.2'],
};

const partsOf = (version: string): number[] => (version.split('-')[0] ?? '').split('.').map(Number);

/** Whether a version is not older than a floor. */
function reaches(version: string, floor: string): boolean {
  const [mine, least] = [partsOf(version), partsOf(floor)];
  for (const [index, part] of least.entries()) {
    const own = mine[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

interface Locked {
  readonly name: string;
  readonly version: string;
  readonly resolution: string;
}

/** The packages of a pnpm lockfile: name, version, and where its bytes come from. */
function lockedPackages(lockfile: string): Locked[] {
  const [, section = ''] = /\npackages:\n([\s\S]*?)\n(?:snapshots|[a-z]+):\n/.exec(lockfile) ?? [];
  return [
    ...section.matchAll(/^ {2}'?((?:@[^/\n]+\/)?[^@\n]+)@([^:'\n]+)'?:\n {4}resolution: (\{[^}]*\})/gm),
  ].map(([, name = '', version = '', resolution = '']) => ({ name, version, resolution }));
}

/** What runs is what was looked at: exact versions, none of them known to be broken, each with the hash of its bytes. */
export const t54: Attack = {
  id: 'T54',
  title: 'Stale or hostile packages',
  async run({ sources }) {
    const tally = new Tally();
    const lockfile = await readFile(join(sources, 'pnpm-lock.yaml'), 'utf8');
    const workspace = await readFile(join(sources, 'pnpm-workspace.yaml'), 'utf8');
    const packages = lockedPackages(lockfile);
    if (packages.length < 100)
      throw new Error(`Only ${packages.length} packages were read from the lockfile.`);
    for (const [name, least] of Object.entries(floors)) {
      const versions = packages.filter((one) => one.name === name).map(({ version }) => version);
      tally.held(versions.length > 0, `${name} is not in the lockfile`, 0);
      for (const version of versions) {
        const fits = least.some(
          (floor) => partsOf(floor)[0] === partsOf(version)[0] && reaches(version, floor),
        );
        const isNewer = least.every((floor) => (partsOf(version)[0] ?? 0) > (partsOf(floor)[0] ?? 0));
        tally.held(fits || isNewer, `${name} ${version} is older than ${least.join(' / ')}`);
      }
    }
    for (const { name, version, resolution } of packages) {
      const isSound = /^\{integrity: sha512-[\w+/]+=*\}$/.test(resolution);
      tally.held(isSound, `${name} ${version} comes without a hash, or from elsewhere: ${resolution}`);
    }
    const [, catalog = ''] = /\ncatalog:\n([\s\S]*)$/.exec(workspace) ?? [];
    for (const [, name = '', wanted = ''] of catalog.matchAll(/^ {2}"?([^":\n]+)"?: (\S+)$/gm)) {
      const isExact = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(wanted);
      tally.held(isExact, `${name} is asked for as ${wanted}`);
      tally.held(
        packages.some((one) => one.name === name && one.version === wanted),
        `The lockfile has another ${name} than ${wanted}`,
      );
    }
    const settings = workspace.replaceAll(/^\s*#.*$/gm, '');
    tally.held(
      !/minimumReleaseAge:\s*0|dangerouslyAllowAllBuilds|allowScripts:\s*true/.test(settings),
      'New packages, or their scripts, are let in at once',
    );
    tally.note(
      `${packages.length} packages, each with its hash; ${Object.keys(floors).join(', ')} at or above their floors`,
    );
    return tally.outcome;
  },
};
