import { processorTime, processorTimeOfFamily } from './processor-time.ts';
import { saturate, type Shot, type Target } from './requests.ts';
import { median, percentile } from './statistics.ts';

/** One of the two sides of a comparison. */
export interface Contender {
  readonly target: Target;
  readonly next: () => Shot;
  /** The server's process, whose processor time counts. */
  readonly pid: number;
}

export interface Effort {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Processor milliseconds a request; NaN where the system does not tell. */
  readonly appTime: number;
  readonly databaseTime: number;
}

export interface Comparison {
  /** The median of each round's second / first, by requests a second. */
  readonly ratio: number;
  /** The lowest and the highest of the rounds. */
  readonly range: readonly [number, number];
  readonly first: Effort;
  readonly second: Effort;
}

export interface Course {
  readonly rounds: number;
  readonly roundMilliseconds: number;
  readonly connections: number;
  /** PostgreSQL's first process. */
  readonly postgresPid: number;
}

async function run(side: Contender, course: Course): Promise<Effort> {
  const times = async (): Promise<[number, number]> => [
    (await processorTime(side.pid)) ?? Number.NaN,
    (await processorTimeOfFamily(course.postgresPid)) ?? Number.NaN,
  ];
  const [app, database] = await times();
  const { latencies, elapsed } = await saturate(side.target, side.next, {
    connections: course.connections,
    milliseconds: course.roundMilliseconds,
  });
  const [appAfter, databaseAfter] = await times();
  return {
    perSecond: (latencies.length * 1000) / elapsed,
    p50: percentile(latencies, 50),
    p99: percentile(latencies, 99),
    appTime: (appAfter - app) / latencies.length,
    databaseTime: (databaseAfter - database) / latencies.length,
  };
}

const middle = (efforts: readonly Effort[]): Effort => ({
  perSecond: median(efforts.map(({ perSecond }) => perSecond)),
  p50: median(efforts.map(({ p50 }) => p50)),
  p99: median(efforts.map(({ p99 }) => p99)),
  appTime: median(efforts.map(({ appTime }) => appTime)),
  databaseTime: median(efforts.map(({ databaseTime }) => databaseTime)),
});

/**
 * Loads two servers in turn, so that whatever else the machine does meets both alike, and compares within each round.
 * Who goes first changes with every round.
 */
export async function compare(first: Contender, second: Contender, course: Course): Promise<Comparison> {
  // Measured is a server that has run for a while: with compiled code, hint bits, prepared statements on every connection,
  // and what it remembers of sessions and keys.
  const warmUp = { ...course, roundMilliseconds: course.roundMilliseconds * 7.5 };
  await run(first, warmUp);
  await run(second, warmUp);
  const rounds: { readonly first: Effort; readonly second: Effort }[] = [];
  for (let round = 0; round < course.rounds; round += 1) {
    if (round % 2 === 0) {
      const one = await run(first, course);
      rounds.push({ first: one, second: await run(second, course) });
    } else {
      const two = await run(second, course);
      rounds.push({ first: await run(first, course), second: two });
    }
  }
  const ratios = rounds.map((round) => round.second.perSecond / round.first.perSecond);
  return {
    ratio: median(ratios),
    range: [Math.min(...ratios), Math.max(...ratios)],
    first: middle(rounds.map((round) => round.first)),
    second: middle(rounds.map((round) => round.second)),
  };
}
