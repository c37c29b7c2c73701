import type { Readable } from 'node:stream';

/** What a scanner says of a file that it has read to the end. */
export type Verdict = 'clean' | 'infected';

/** Looks for malware. */
export interface Scanner {
  /**
   * Reads a file to its end.
   * @throws when it could not tell: out of reach, out of order, or the file is beyond its limits. Nothing is known of the
   *   file then, and it must not pass for clean.
   */
  scan(source: Readable): Promise<Verdict>;
}
