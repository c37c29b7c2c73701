import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { firstFreePort } from '../ports.ts';
import { buildPortals } from '../portals/build-portals.ts';
import { dropDatabase } from '../postgres/databases.ts';
import type { Postgres } from '../postgres/server.ts';
import { type LineSink, openLogFile } from '../processes/log.ts';
import { runScript } from '../processes/run-script.ts';
import type { ServiceOptions } from '../processes/service.ts';
import { type Supervised, supervise } from '../processes/supervise.ts';
import { openWatchdog, type Watchdog } from '../processes/watchdog.ts';
import { root } from '../root.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { type Environment, inheritedEnvironment } from '../settings.ts';
import { type DatabaseSource, openDatabaseSource } from './database-source.ts';
import type { DatabaseUrls } from './database.ts';
import {
  apiEnvironment,
  type EnvironmentParts,
  localUrl,
  loopbackUrl,
  mailroomEnvironment,
  ownerEnvironment,
  realProviders,
  type StackPorts,
} from './environment.ts';
import { keepOperatorEnvironment } from './operator-environment.ts';
import { keptProviderAccounts } from './provider-accounts.ts';
import { authenticatorAccounts, readSignIns } from './sign-ins.ts';

type PortName = keyof StackPorts | 'postgres';

export interface StackOptions {
  /** Folder for the database, files, keys and logs. Absent: a temporary one that is removed at the end. */
  readonly dataDir?: string;
  /** Ports to try first on this machine; any free one where absent. */
  readonly ports?: Partial<Record<PortName, number>>;
  /** Where the database comes from; our own server below `dataDir` when absent. */
  readonly database?: DatabaseSource;
  /** The checkout whose API and worker are started; this one when absent. */
  readonly sources?: string;
  /** The checkout whose portals are built; this one when absent. */
  readonly portalSources?: string;
  /** Whether an own database survives a crash. True when absent, unless everything is temporary. */
  readonly durable?: boolean;
  /** Whether the demo people and their cases are filled in, once. True when absent. */
  readonly demo?: boolean;
  /** Settings of the API and the worker that win over what is inherited. */
  readonly env?: Environment;
  /** Sentences for a person: progress, ports that were taken, parts that failed. Silent when absent. */
  readonly say?: (line: string) => void;
  /** Each line that a part writes, beside the log file. */
  readonly sink?: LineSink;
}

/** A PostgreSQL server that can be ended and started again while the product runs. */
export type DatabaseServer = Pick<Postgres, 'adminUrl' | 'port' | 'pid' | 'folder' | 'halt' | 'launch'>;

/** The whole product, running on this machine. */
export interface Stack extends DatabaseUrls {
  readonly apiUrl: string;
  readonly clinicianUrl: string;
  readonly patientUrl: string;
  /** Undefined when the real SendGrid and Twilio are used. */
  readonly mailroomUrl: string | undefined;
  readonly filesDir: string;
  /** Everything that the parts wrote. */
  readonly logFile: string;
  /** Folders of the built portals. */
  readonly builds: Readonly<Record<'clinician' | 'patient', string>>;
  /** Stops the API politely and starts it again on the same port. */
  readonly restartApi: () => Promise<void>;
  /** The same for the worker. */
  readonly restartWorker: () => Promise<void>;
  /** The API and the worker, for whoever wants to see how the product takes a crash. */
  readonly parts: Readonly<Record<'api' | 'worker', Pick<Supervised, 'pid' | 'crash'>>>;
  /** The PostgreSQL server that was started for this, likewise; undefined when the database is somebody else's. */
  readonly databaseServer: DatabaseServer | undefined;
  /** Stops everything and removes what was temporary. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

const PORT_NAMES: readonly PortName[] = ['api', 'clinician', 'patient', 'mailroom', 'postgres'];

async function choosePorts(
  wanted: Partial<Record<PortName, number>>,
  say: (line: string) => void,
): Promise<Record<PortName, number>> {
  const chosen = { api: 0, clinician: 0, patient: 0, mailroom: 0, postgres: 0 };
  const reserved = new Set<number>();
  for (const name of PORT_NAMES) {
    const preferred = wanted[name] ?? 0;
    const { port, moved } = await firstFreePort(preferred, reserved);
    if (moved) say(`Port ${preferred} is taken, so the ${name} uses ${port}.`);
    chosen[name] = port;
    reserved.add(port);
  }
  return chosen;
}

/** The watchdog has to know the server that runs, and no other process that may have its number later. */
function guarded(server: Postgres, watchdog: Watchdog): DatabaseServer {
  return {
    adminUrl: server.adminUrl,
    port: server.port,
    folder: server.folder,
    get pid() {
      return server.pid;
    },
    async halt(how) {
      const { pid } = server;
      await server.halt(how);
      watchdog.release(pid);
    },
    async launch() {
      await server.launch();
      watchdog.guard(server.pid, 'SIGINT');
    },
  };
}

/**
 * Starts the product the way it runs for everyone: PostgreSQL, migration and demo data, API, worker, the built
 * portals behind their web servers, and the mailroom in place of providers that are not configured. Resolves when
 * all answer. Throws a PlainError, with nothing left running, when a part cannot start.
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { demo = true, say = () => undefined } = options;
  const api = join(options.sources ?? root, 'apps/api');
  const isTemporary = options.dataDir === undefined;
  const dataDir = options.dataDir ?? (await makeTemporaryFolder());
  await mkdir(dataDir, { recursive: true });

  const watchdog = openWatchdog();
  const undo: (() => Promise<unknown>)[] = [() => watchdog.dismiss()];
  const discard = (folder: string): void => {
    if (!isTemporary) return;
    watchdog.discard(folder);
    undo.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  };
  discard(dataDir);
  const logFile = join(dataDir, 'logs', 'product.log');
  const log = await openLogFile(logFile);
  undo.push(() => log.close());
  const sink: LineSink = (name, line) => {
    log.sink(name, line);
    options.sink?.(name, line);
  };
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      for (const step of undo.toReversed()) await step();
    })();
    return stopping;
  };

  try {
    const ports = await choosePorts(options.ports ?? {}, say);
    const portalSources = options.portalSources ?? root;
    const shelf = join(portalSources, '.data', 'portals');
    const building = buildPortals({ shelf, sink, watchdog, say, sources: portalSources });
    // Its failure is told where it is awaited.
    building.catch(() => undefined);
    const source = await openDatabaseSource(options.database ?? {}, {
      dataDir: join(dataDir, 'postgresql'),
      durable: options.durable ?? !isTemporary,
      port: ports.postgres,
      say,
    });
    if (source.server !== undefined) {
      watchdog.guard(source.server.pid, 'SIGINT');
      discard(source.server.folder);
    }
    undo.push(source.close);
    if (source.dropAtEnd !== undefined) {
      const { adminUrl, name } = source.dropAtEnd;
      undo.push(() => dropDatabase(adminUrl, name));
    }

    const secretsFile = join(dataDir, 'keys.json');
    const filesDir = join(dataDir, 'files');
    await mkdir(filesDir, { recursive: true, mode: 0o700 });
    const parts: EnvironmentParts = {
      given: { ...inheritedEnvironment(), ...options.env },
      database: source.urls,
      ports,
      accounts: await keptProviderAccounts(join(dataDir, 'provider-accounts.json')),
      secretsFile,
      filesDir,
    };
    await keepOperatorEnvironment(dataDir, ownerEnvironment(parts));
    const script = (name: string, file: string, env: Environment) => ({
      name,
      script: join(api, file),
      cwd: api,
      env,
      sink,
      watchdog,
    });
    const makeKeys = script('keys', 'src/create-secrets.ts', inheritedEnvironment());
    await runScript({ ...makeKeys, args: [secretsFile] });
    await runScript(script('migrate', 'src/migrate.ts', ownerEnvironment(parts)));
    if (demo) await runScript(script('demo', 'src/demo.ts', ownerEnvironment(parts)));

    const keep = async (service: ServiceOptions): Promise<Supervised> => {
      const supervised = await supervise(service, say);
      undo.push(supervised.stop);
      return supervised;
    };
    const real = realProviders(parts.given);
    const hasMailroom = !(real.mail && real.phone);
    if (hasMailroom) {
      const cwd = join(root, 'apps/mailroom');
      await keep({
        ...script(
          'mailroom',
          '',
          mailroomEnvironment(parts, demo ? authenticatorAccounts(await readSignIns()) : []),
        ),
        script: join(cwd, 'src/main.ts'),
        cwd,
        readyUrl: loopbackUrl(ports.mailroom),
      });
    }
    const builds = await building;
    const apiUrl = loopbackUrl(ports.api);
    const portals = (['clinician', 'patient'] as const).map((portal) => ({
      portal,
      folder: builds[portal],
      apiUrl,
      port: ports[portal],
    }));
    const [apiPart, workerPart] = await Promise.all([
      keep({ ...script('api', 'src/main.ts', apiEnvironment(parts)), readyUrl: `${apiUrl}/readyz` }),
      keep(script('worker', 'src/worker.ts', apiEnvironment(parts))),
      keep({
        ...script('portals', '', {
          PATH: parts.given['PATH'],
          NODE_ENV: 'production',
          PORTALS: JSON.stringify(portals),
        }),
        script: join(import.meta.dirname, '../portals/portals-process.ts'),
        readyUrl: loopbackUrl(ports.patient),
      }),
    ]);

    return {
      ...source.urls,
      apiUrl,
      clinicianUrl: localUrl(ports.clinician),
      patientUrl: localUrl(ports.patient),
      mailroomUrl: hasMailroom ? localUrl(ports.mailroom) : undefined,
      filesDir,
      logFile,
      builds,
      restartApi: apiPart.restart,
      restartWorker: workerPart.restart,
      parts: { api: apiPart, worker: workerPart },
      databaseServer: source.server && guarded(source.server, watchdog),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
