import { Readable } from 'node:stream';
import { ProblemError } from '../problem-error.ts';
import { type FileType, headLength, needsText, refusalOfHead, refusalOfName, typeOf } from './file-types.ts';

/** Where a file's bytes can be looked at once they are kept, and how many they are. */
export interface Kept {
  /** Bytes. */
  readonly size: number;
  read(range: { start: number; end: number }): Readable;
}

/** Sees a file's bytes in their order, each once, and then says what the file is. */
export interface Inspector {
  /** @throws ProblemError `file-type-refused` as soon as the type is known to be refused */
  see(bytes: Buffer): Promise<void>;
  /**
   * The verdict once everything has been seen and kept.
   * @throws ProblemError `file-empty`, `file-type-refused`
   */
  conclude(kept: Kept): Promise<FileType>;
}

/**
 * Remembers how a file begins and, where that matters, whether all of it is text.
 * @throws ProblemError `file-type-refused` at once when the name's ending is never taken
 */
export function createInspector(name: string): Inspector {
  requireTakenName(name);
  let head = Buffer.alloc(0);
  let judged = false;
  const text = needsText(name) ? textWatch() : undefined;
  return {
    async see(bytes) {
      text?.see(bytes);
      if (judged) return;
      head = Buffer.concat([head, bytes.subarray(0, headLength - head.length)]);
      if (head.length < headLength) return;
      judged = true;
      const refusal = await refusalOfHead(name, head);
      if (refusal) throw refused(refusal);
    },
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

/** The same bytes, to be read once, that an inspector sees on their way; fails with what {@link Inspector.see} throws. */
export function inspected(source: AsyncIterable<Buffer>, inspector: Pick<Inspector, 'see'>): Readable {
  async function* watch(): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      await inspector.see(chunk);
      yield chunk;
    }
  }
  // As objects the chunks go on as they are; as bytes they would be copied into larger ones.
  return Readable.from(watch(), { objectMode: true, highWaterMark: 4 });
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
