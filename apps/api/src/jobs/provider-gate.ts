import type { PgBoss } from 'pg-boss';
import type { Database } from '../db/database.ts';
import { type Provider, providerCircuitRepository } from './provider-circuits.repository.ts';
import { jobsOf, type ProviderCircuits, readCircuits } from './provider-circuits.ts';
import type { JobName, JobPayloads } from './queue.ts';

/** A probe that sent nothing, such as a code that is dead by now, leaves its try to the next job; as many in one round. */
const jobsPerProbe = 50;

interface GateNeeds {
  readonly boss: Pick<PgBoss, 'offWork' | 'fetch' | 'complete' | 'fail'>;
  readonly db: Pick<Database, 'transaction'>;
  readonly circuits: Pick<ProviderCircuits, 'heard'>;
  /** Takes up the work of a queue. */
  readonly work: (name: JobName) => Promise<void>;
  /** Does one job; what fails is told there and thrown on. */
  readonly run: (name: JobName, id: string, payload: JobPayloads[JobName]) => Promise<void>;
}

/**
 * Opens and shuts the queues of the providers. While a provider is away its jobs stay where they are, with all their
 * tries; one at a time is taken out to see whether the provider is back. A round is asked for again and again.
 */
export function createProviderGate({ boss, db, circuits, work, run }: GateNeeds) {
  const working = new Set<Provider>();

  async function open(provider: Provider): Promise<void> {
    if (working.has(provider)) return;
    working.add(provider);
    for (const name of jobsOf(provider)) await work(name);
  }

  async function shut(provider: Provider): Promise<void> {
    if (!working.delete(provider)) return;
    for (const name of jobsOf(provider)) await boss.offWork(name, { wait: false });
  }

  async function probe(provider: Provider): Promise<void> {
    const isOurs = await db.transaction((tx) => providerCircuitRepository.claimProbe(tx, provider));
    if (!isOurs) return;
    const before = circuits.heard(provider);
    for (let tried = 0; tried < jobsPerProbe; tried += 1) {
      if (!(await runOldest(provider)) || circuits.heard(provider) > before) break;
    }
    if (circuits.heard(provider) > before) return;
    await db.transaction((tx) => providerCircuitRepository.returnProbe(tx, provider));
  }

  /** @returns false when no job waits */
  async function runOldest(provider: Provider): Promise<boolean> {
    for (const name of jobsOf(provider)) {
      const [job] = await boss.fetch<JobPayloads[JobName]>(name);
      if (!job) continue;
      try {
        await run(name, job.id, job.data);
        await boss.complete(name, job.id);
      } catch (error) {
        await boss.fail(name, job.id, error as Error);
      }
      return true;
    }
    return false;
  }

  return {
    async round(): Promise<void> {
      for (const { provider, openSince } of await readCircuits(db)) {
        if (openSince !== null) {
          await shut(provider);
          await probe(provider);
        } else await open(provider);
      }
    },
  };
}
