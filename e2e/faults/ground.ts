import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StackOptions, startTestServer, type TestServer } from '@casetalk/local-stack';
import { comesTrue } from '../attacks/means/target.ts';
import { openWorld, type World } from '../attacks/world.ts';
import { Ledger } from './ledger.ts';

type Part = keyof World['stack']['parts'];

export interface ProductWishes {
  /** Settings of the API and the worker. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where the database comes from: a server of its own that survives crashes, or a database on one that need not. */
  readonly database?: 'own' | NonNullable<StackOptions['database']>;
  /** Where it keeps everything, for whoever prepares that; removed by whoever made it. */
  readonly dataDir?: string;
}

/** What came of looking for everything that was acknowledged. */
export interface Settled {
  readonly lost: readonly string[];
  readonly twice: readonly string[];
  readonly notes: readonly string[];
}

/** What faults stand on: products to break, doors to break them through, and the ledgers of what they acknowledged. */
export interface Ground {
  readonly fast: boolean;
  /** How many rounds: the full number, or the smaller one of a fast run. */
  readonly size: (full: number, few: number) => number;
  readonly say: (line: string) => void;
  /** The product that faults share, on a server of its own that survives crashes. Leave it running and in order. */
  readonly product: () => Promise<World>;
  /** A further product; ended after the fault. */
  readonly further: (wishes?: ProductWishes) => Promise<World>;
  /** A throw-away PostgreSQL server with a migrated database to copy, for further products. */
  readonly server: () => Promise<TestServer>;
  /** A new folder through which PostgreSQL's account can walk; removed after the fault. */
  readonly folder: () => Promise<string>;
  /** Where to note what a product answered with success: whatever stands there is looked for after the fault. */
  readonly ledgerOf: (world: World) => Ledger;
  /** `kill -9`, and started again at once. @param meanwhile done while it is not running */
  readonly crash: (world: World, part: Part, meanwhile?: () => Promise<void>) => Promise<void>;
  /** `kill -9`, and left to the supervisor. @returns the number of the killed process */
  readonly strike: (world: World, part: Part) => number;
  /** Ends the product's own PostgreSQL and starts it again. @param meanwhile done while it is not running */
  readonly restartDatabase: (
    world: World,
    how: 'fast' | 'immediate',
    meanwhile?: () => Promise<void>,
  ) => Promise<void>;
  /** Undone after the fault, the latest first, before it is looked for what was acknowledged. */
  readonly undo: (step: () => Promise<unknown>) => void;
  /** The same for what the fault's products stand on: undone once they have ended. */
  readonly undoAfterwards: (step: () => Promise<unknown>) => void;
  /** Everything that was ever found to be lost. */
  readonly lost: ReadonlySet<string>;
  /** What was done so far, by name. */
  readonly counts: ReadonlyMap<string, number>;
  /** After a fault: undoes what it did, looks for what was acknowledged meanwhile, and ends its products. */
  readonly settle: () => Promise<Settled>;
  /** At the end: looks once more for everything that the shared product ever acknowledged. */
  readonly settleAll: () => Promise<Settled>;
  readonly close: () => Promise<void>;
}

/** What Node has compiled once: parts that are started hundreds of times start quicker. */
const compiled = join(tmpdir(), 'casetalk-faults-compiled');

const nothing: Settled = { lost: [], twice: [], notes: [] };

/** Waits until the product says that it can serve. */
const recovers = ({ apiUrl }: World): Promise<boolean> =>
  comesTrue(
    () =>
      fetch(`${apiUrl}/readyz`).then(
        async (answer) => {
          await answer.body?.cancel();
          return answer.ok;
        },
        () => false,
      ),
    60_000,
  );

/** Looks for what a product acknowledged. A product that cannot be asked has lost all of it. */
async function settleLedger(world: World, ledger: Ledger, which: 'new' | 'all'): Promise<Settled> {
  if (ledger.entries.length === 0) return nothing;
  try {
    if (!(await recovers(world))) throw new Error('the product does not come back');
    await world.passAnHour();
    const { entries, lost, twice } = await ledger.read(which);
    if (entries === 0) return nothing;
    const examples = [...lost, ...twice].slice(0, 5);
    return {
      lost,
      twice,
      notes: [
        `${entries} acknowledged, ${lost.length} lost, ${twice.length} twice`,
        ...(examples.length > 0 ? [`WRONG: lost or twice: ${examples.join(', ')}`] : []),
      ],
    };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return {
      lost: ledger.entries,
      twice: [],
      notes: [`WRONG: what was acknowledged cannot be read: ${words.slice(0, 300)}`],
    };
  }
}

const sum = (all: readonly Settled[]): Settled => ({
  lost: all.flatMap(({ lost }) => lost),
  twice: all.flatMap(({ twice }) => twice),
  notes: all.flatMap(({ notes }) => notes),
});

/** @param say hears of parts that failed */
export function openGround({ fast, say }: { fast: boolean; say: (line: string) => void }): Ground {
  const counts = new Map<string, number>();
  const ledgers = new Map<World, Ledger>();
  const furthers = new Set<World>();
  const lost = new Set<string>();
  const undoing: (() => Promise<unknown>)[] = [];
  const afterwards: (() => Promise<unknown>)[] = [];
  let shared: Promise<World> | undefined;
  let server: Promise<TestServer> | undefined;

  function remember(settled: readonly Settled[]): Settled {
    const all = sum(settled);
    for (const one of all.lost) lost.add(one);
    return all;
  }
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  const open = ({ settings, database, dataDir }: ProductWishes): Promise<World> =>
    openWorld({
      fast,
      database: database === undefined || database === 'own' ? {} : database,
      durable: true,
      settings: { NODE_COMPILE_CACHE: compiled, ...settings },
      ...(dataDir !== undefined && { dataDir }),
      say: () => undefined,
    });
  const testServer = (): Promise<TestServer> => {
    server ??= startTestServer(() => undefined);
    return server;
  };

  async function undo(steps: (() => Promise<unknown>)[]): Promise<void> {
    for (const step of steps.splice(0).toReversed()) {
      await step().catch((error: unknown) => say(`Not undone: ${String(error)}`));
    }
  }

  async function end(world: World): Promise<void> {
    furthers.delete(world);
    ledgers.delete(world);
    await world.close().catch((error: unknown) => say(`Not closed: ${String(error)}`));
  }

  return {
    fast,
    size: (full, few) => (fast ? few : full),
    say,
    counts,
    lost,
    server: testServer,
    async product() {
      shared ??= open({ database: 'own' });
      return shared;
    },
    async further(wishes = {}) {
      const world = await open({ database: await testServer(), ...wishes });
      furthers.add(world);
      return world;
    },
    async folder() {
      const folder = await mkdtemp(join(tmpdir(), 'casetalk-fault-'));
      await chmod(folder, 0o711);
      afterwards.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
      return folder;
    },
    ledgerOf(world) {
      const ledger = ledgers.get(world) ?? new Ledger(world);
      ledgers.set(world, ledger);
      return ledger;
    },
    async crash({ stack }, part, meanwhile) {
      count(`kill -9 of the ${part}`);
      await stack.parts[part].crash(meanwhile);
    },
    strike({ stack }, part) {
      const { pid } = stack.parts[part];
      count(`kill -9 of the ${part}`);
      process.kill(-pid, 'SIGKILL');
      return pid;
    },
    async restartDatabase({ stack }, how, meanwhile) {
      const { databaseServer } = stack;
      if (!databaseServer) throw new Error('This product has no PostgreSQL of its own.');
      count('database restart');
      await databaseServer.halt(how);
      await meanwhile?.();
      await databaseServer.launch();
    },
    undo: (step) => void undoing.push(step),
    undoAfterwards: (step) => void afterwards.push(step),
    async settle() {
      await undo(undoing);
      const settled: Settled[] = [];
      for (const [world, ledger] of ledgers) settled.push(await settleLedger(world, ledger, 'new'));
      for (const world of furthers) await end(world);
      const world = await shared?.catch(() => undefined);
      // Whoever comes next gets a product that works.
      if (world && !(await recovers(world))) {
        shared = undefined;
        await end(world);
      }
      await undo(afterwards);
      return remember(settled);
    },
    async settleAll() {
      const settled: Settled[] = [];
      for (const [world, ledger] of ledgers) settled.push(await settleLedger(world, ledger, 'all'));
      return remember(settled);
    },
    async close() {
      await undo(undoing);
      for (const world of [...furthers, await shared?.catch(() => undefined)]) if (world) await end(world);
      await undo(afterwards);
      await (await server?.catch(() => undefined))?.stop();
    },
  };
}
