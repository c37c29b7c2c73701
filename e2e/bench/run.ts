import { cpus, totalmem } from 'node:os';
import type { Figure, Row } from './figures/figure.ts';
import { figures } from './figures/index.ts';
import type { Options } from './options.ts';
import { openWorld } from './world/world.ts';

/**
 * The figures that the options ask for.
 * @throws a TypeError that names those that can be asked for
 */
export function chooseFigures({ only, full }: Options): readonly Figure[] {
  const unknown = only.filter((name) => figures.every((figure) => figure.name !== name));
  if (unknown.length > 0) {
    const names = figures.map(({ name }) => name).join(', ');
    throw new TypeError(`There is no figure named ${unknown.join(', ')}. There are: ${names}.`);
  }
  return figures.filter(({ name, heavy }) => (only.length > 0 ? only.includes(name) : full || !heavy));
}

/** What the figures were measured on, for whoever compares two runs. */
export function machine(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? 'processor'}, ${(totalmem() / 1e9).toFixed(0)} GB, ${process.platform}, Node ${process.version}`;
}

/**
 * Measures one figure after the other. A figure that fails leaves a row that says so and does not keep the others from
 * being measured. Nothing is left running or lying about, also when the signal ends it.
 * @param say hears what is being done
 */
export async function runBench(
  options: Options,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<Row[]> {
  const chosen = chooseFigures(options);
  const world = await openWorld(options, say);
  const stopped = new Promise<void>((resolve) =>
    stop.addEventListener('abort', () => resolve(), { once: true }),
  );
  const rows: Row[] = [];
  try {
    for (const figure of chosen) {
      const measuring = figure.measure(world).catch((error: unknown): Row[] => {
        const [words = ''] = String(error instanceof Error ? error.message : error).split('\n');
        return [{ figure: figure.name, measured: words.slice(0, 300), failed: true }];
      });
      const measured = await Promise.race([measuring, stopped]);
      if (!measured) break;
      rows.push(...measured);
    }
    return rows;
  } finally {
    await world.close();
  }
}
