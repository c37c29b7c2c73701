import { Readable } from 'node:stream';
import { ProblemError } from '../problem-error.ts';
import { type FileType, headLength, needsText, refusalOfHead, refusalOfName, typeOf } from './file-types.ts';

export interface Inspection {
  /** The same bytes, to be read once. Fails with `file-type-refused` as soon as the type is known to be refused. */
  readonly bytes: Readable;
  /**
   * The verdict once everything has been read and kept.
   * @param kept how large it is, and how to look at a part of it where it is now
   * @throws ProblemError `file-empty`, `file-type-refused`
   */
  conclude(kept: { size: number; read(range: { start: number; end: number }): Readable }): Promise<FileType>;
}

/**
 * Watches a file arrive: remembers how it begins and, where that matters, whether all of it is text.
 * @throws ProblemError `file-type-refused` at once when the name's ending is never taken
 */
export function inspectFile(name: string, source: Readable): Inspection {
  requireTakenName(name);
  let head = Buffer.alloc(0);
  const text = needsText(name) ? textWatch() : undefined;

  async function* watch(): AsyncGenerator<Buffer> {
    let judged = false;
    for await (const chunk of source as AsyncIterable<Buffer>) {
      text?.see(chunk);
      if (!judged) {
        head = Buffer.concat([head, chunk.subarray(0, headLength - head.length)]);
        if (head.length === headLength) {
          judged = true;
          const refusal = await refusalOfHead(name, head);
          if (refusal) throw refused(refusal);
        }
      }
      yield chunk;
    }
  }

  return {
    // As objects the chunks go on as they are; as bytes they would be copied into larger ones.
    bytes: Readable.from(watch(), { objectMode: true, highWaterMark: 16 }),
    async conclude({ size, read }) {
      if (size === 0) throw new ProblemError('file-empty');
      const verdict = await typeOf(name, {
        head,
        size,
        isText: text?.isText() ?? false,
        read: (start, length) => readPart(read, start, Math.min(length, size - start)),
      });
      if ('refusal' in verdict) throw refused(verdict.refusal);
      return verdict.type;
    },
  };
}

/** @throws ProblemError `file-type-refused` when the name's ending is never taken */
export function requireTakenName(name: string): void {
  const refusal = refusalOfName(name);
  if (refusal) throw refused(refusal);
}

const refused = (detail: string): ProblemError => new ProblemError('file-type-refused', { detail });

async function readPart(
  read: (range: { start: number; end: number }) => Readable,
  start: number,
  length: number,
): Promise<Buffer> {
  if (length <= 0) return Buffer.alloc(0);
  const parts: Buffer[] = [];
  for await (const part of read({ start, end: start + length - 1 })) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Text is valid UTF-8 without control characters, save tabs, line ends and form feeds. */
function textWatch() {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let fine = true;
  const decode = (chunk?: Buffer): void => {
    try {
      const words = chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
      fine &&= !/(?![\t\n\f\r])\p{Cc}/u.test(words);
    } catch {
      fine = false;
    }
  };
  return {
    see(chunk: Buffer): void {
      if (fine) decode(chunk);
    },
    isText(): boolean {
      if (fine) decode();
      return fine;
    },
  };
}
