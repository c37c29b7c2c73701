import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { buildPortals, type PortalName } from '@casetalk/local-stack';
import type { World } from '../world/world.ts';
import { asKilobytes, type Figure, type Row } from './figure.ts';

const root = resolve(import.meta.dirname, '../../..');

/**
 * The scripts that a browser fetches before anything shows: the page's own, and those that it asks to be fetched ahead
 * because the first one imports them.
 */
function firstScripts(html: string): string[] {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  const wanted = tags.filter((tag) => tag.startsWith('<script') || /rel="?modulepreload/.test(tag));
  return wanted.flatMap((tag) => /(?:src|href)="?([^"\s>]+\.js)/.exec(tag)?.[1] ?? []);
}

async function gzippedSize(folder: string): Promise<{ bytes: number; count: number }> {
  const scripts = firstScripts(await readFile(join(folder, 'index.html'), 'utf8'));
  if (scripts.length === 0) throw new Error(`No script was found in the page of ${folder}.`);
  const sizes = await Promise.all(
    scripts.map(async (path) => {
      const file = join(folder, path);
      const ready = await stat(`${file}.gz`).catch(() => undefined);
      return ready?.size ?? (await promisify(gzip)(await readFile(file), { level: 9 })).length;
    }),
  );
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), count: scripts.length };
}

function targetOf(portal: PortalName): Pick<Row, 'target'> {
  if (portal === 'clinician') return {};
  return { target: { direction: 'at most', floor: 230_000, goal: 170_000, write: asKilobytes } };
}

/** How much JavaScript each portal fetches on first load, gzipped. */
export const portalsFigure: Figure = {
  name: 'portals',
  async measure({ watchdog, sink, say }: World): Promise<Row[]> {
    const builds = await buildPortals({ shelf: join(root, '.data', 'portals'), watchdog, sink, say });
    const rows: Row[] = [];
    for (const portal of ['patient', 'clinician'] as const) {
      const { bytes, count } = await gzippedSize(builds[portal]);
      rows.push({
        figure: `${portal} portal: gzipped JavaScript on first load`,
        value: bytes,
        measured: `${asKilobytes(bytes)} in ${count} files`,
        ...targetOf(portal),
      });
    }
    return rows;
  },
};
