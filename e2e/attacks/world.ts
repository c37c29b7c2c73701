import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Stack, type StackOptions, startStack } from '@casetalk/local-stack';
import { MailroomClient } from '@casetalk/mailroom/client';
import { type Database, openDatabase } from '../support/database.ts';
import { actorsOf, type Clinic, openClinic } from './clinic.ts';
import { changeSession } from './means/spare-sessions.ts';
import type { Target } from './means/target.ts';

/** The product under attack, with what attackers, arrangers and witnesses need. */
export interface World extends Target {
  /** The same as an attack's means take it. */
  readonly target: Target;
  readonly fast: boolean;
  /** How many tries: the full number, or the smaller one of a fast run. */
  readonly size: (full: number, few: number) => number;
  /** To move time, and to look behind the API. */
  readonly database: Database;
  /** Every mail, text and call that left. */
  readonly mailroom: MailroomClient;
  readonly stack: Stack;
  /** The checkout that is attacked. */
  readonly sources: string;
  /** The people and records of the first attacks; made when first asked for and shared by all who leave it as it is. */
  readonly clinic: () => Promise<Clinic>;
  /** An hour goes by for everything that is counted: codes sent, links asked for, failed sign-ins. */
  readonly passAnHour: () => Promise<void>;
  /** A second product with settings of its own, on the same PostgreSQL server; stopped with this one. */
  readonly another: (settings: Readonly<Record<string, string>>) => Promise<World>;
  readonly close: () => Promise<void>;
}

export interface WorldOptions {
  readonly fast: boolean;
  /** Where the database comes from. */
  readonly database: NonNullable<StackOptions['database']>;
  /** The checkout whose API is attacked; this one when absent. */
  readonly sources?: string | undefined;
  /** The checkout whose portals are built and opened; this one when absent. */
  readonly portalSources?: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** Where it keeps everything; a folder that is removed with it when absent. */
  readonly dataDir?: string;
  /** Whether a PostgreSQL server of its own survives a crash. */
  readonly durable?: boolean;
  /** Hears of parts that failed. */
  readonly say?: (line: string) => void;
}

/** Hashing costs the same for attackers and owners; what is attacked is not how long it takes. */
const quickHashes = { PASSWORD_COST: '10' };

const counters = ['rate_counters', 'code_sends', 'sign_in_failures'];

/** A process that has only just started may say for a moment that it is too busy: waits until it has not for a second. */
async function untilCalm(apiUrl: string): Promise<void> {
  const giveUpAt = Date.now() + 15_000;
  let calmSince = Date.now();
  while (Date.now() - calmSince < 1200 && Date.now() < giveUpAt) {
    const answer = await fetch(`${apiUrl}/v1/terms`);
    await answer.body?.cancel();
    if (answer.status === 503) calmSince = Date.now();
    await delay(100);
  }
}

/** Starts the product with its demo people, as everyone does, on free ports and a database of its own. */
export async function openWorld(options: WorldOptions): Promise<World> {
  const { fast, sources, portalSources, dataDir, durable, say = () => undefined } = options;
  const stack = await startStack({
    database: options.database,
    ...(sources === undefined ? {} : { sources }),
    ...(portalSources === undefined ? {} : { portalSources }),
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(durable === undefined ? {} : { durable }),
    env: { ...quickHashes, ...options.settings },
    say,
  });
  const { apiUrl, clinicianUrl, patientUrl, mailroomUrl, ownerUrl, logFile, filesDir } = stack;
  const undo: (() => Promise<unknown>)[] = [stack.stop];
  if (mailroomUrl === undefined) {
    await stack.stop();
    throw new Error('Attacks run against the mailroom, never through the real providers.');
  }
  await untilCalm(apiUrl);
  const database = openDatabase(ownerUrl);
  undo.push(() => database.close());
  let clinic: Promise<Clinic> | undefined;
  let isOpen = false;
  const world: World = {
    apiUrl,
    clinicianUrl,
    patientUrl,
    mailroomUrl,
    ownerUrl,
    logFile,
    filesDir,
    get target() {
      return world;
    },
    fast,
    size: (full, few) => (fast ? few : full),
    database,
    mailroom: new MailroomClient(mailroomUrl),
    stack,
    sources: sources ?? resolve(import.meta.dirname, '../..'),
    async clinic() {
      clinic ??= openClinic(world);
      const opened = await clinic;
      isOpen = true;
      return opened;
    },
    async passAnHour() {
      for (const table of counters) await database.rows(`delete from ${table}`);
      // The brakes of the API's own memory count by session.
      if (isOpen) for (const actor of actorsOf(await world.clinic())) await changeSession(world, actor);
    },
    async another(settings) {
      const { settings: mine, ...same } = options;
      const further = await openWorld({ ...same, settings: { ...mine, ...settings } });
      undo.push(further.close);
      return further;
    },
    async close() {
      for (const step of undo.splice(0).toReversed()) await step();
    },
  };
  return world;
}
