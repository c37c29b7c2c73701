import { parseArgs } from 'node:util';

/** How much is measured, and how long. */
export interface Size {
  readonly talks: number;
  readonly messages: number;
}

export interface Options {
  /** Names of the figures to measure; empty means all that are not heavy. */
  readonly only: readonly string[];
  /** Also what takes gigabytes or the network: twenty uploads of 500 MB at once, a start from a fresh clone. */
  readonly full: boolean;
  readonly large: Size;
  readonly small: Size;
  readonly rounds: number;
  /** How long each side is loaded in a round, in milliseconds. */
  readonly roundMilliseconds: number;
  readonly connections: number;
  readonly streams: number;
  /** Bytes of the uploaded file. */
  readonly uploadBytes: number;
  /** Bytes of each of the files that are uploaded at once. */
  readonly largeUploadBytes: number;
  /** How long both providers are away, in milliseconds, and the invitations that wait meanwhile. */
  readonly outage: { readonly milliseconds: number; readonly invitations: number };
  /** Events whose way is timed. */
  readonly events: number;
  /** Where to leave CPU profiles of the API, if anywhere. */
  readonly profiles: string | undefined;
  readonly help: boolean;
}

const mebibyte = 1024 * 1024;

const usual = {
  large: { talks: 20_000, messages: 1_000_000 },
  small: { talks: 200, messages: 10_000 },
  rounds: 7,
  roundMilliseconds: 4000,
  streams: 15_000,
  uploadBytes: 256 * mebibyte,
  largeUploadBytes: 500_000_000,
  events: 1000,
  outage: { milliseconds: 10 * 60_000, invitations: 1000 },
};

/** Small enough to prove in seconds that the program works; its figures mean nothing. */
const quick: typeof usual = {
  large: { talks: 400, messages: 20_000 },
  small: { talks: 40, messages: 2000 },
  rounds: 1,
  roundMilliseconds: 300,
  streams: 100,
  uploadBytes: 4 * mebibyte,
  largeUploadBytes: 20_000_000,
  events: 50,
  outage: { milliseconds: 10_000, invitations: 60 },
};

export const usage = `Measures the product beside a bare server and prints a table. See docs/performance.md.

  pnpm bench [figure …]     all figures, or the named ones
  --quick                   little data and short rounds: proves that the program works, no more
  --full                    also what is heavy: uploads, 20 of 500 MB at once; outage, ten minutes without
                            providers; start, from a fresh clone
  --rounds <n>              rounds of each comparison
  --profile <folder>        writes a CPU profile of the API there when it stops
  --help                    this text`;

/** @throws a TypeError that names an option that is not known */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    // The package manager passes its own separator on.
    args: args.filter((arg) => arg !== '--'),
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const size = values.quick ? quick : usual;
  const rounds = Number(values.rounds ?? size.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 100)
    throw new TypeError('--rounds takes 1 to 100.');
  return {
    ...size,
    rounds,
    only: positionals,
    full: values.full,
    connections: 16,
    profiles: values.profile,
    help: values.help,
  };
}
