import { Readable } from 'node:stream';

/** A stream of bytes, taken part by part. */
export interface Parts {
  /** Whether anything is left; waits for it. */
  hasMore(): Promise<boolean>;
  /** The next bytes, at most `limit` of them; to be read to the end before anything else is asked. */
  next(limit: number): Readable;
  /** True once the connection has broken off. What came before is whole all the same. */
  wasCut(): boolean;
}

/** Cuts a stream into parts without keeping more than one chunk of it. A stream that breaks off ends with what has come. */
export function partsOf(source: AsyncIterator<Buffer>): Parts {
  let held: Buffer | undefined;
  let state: 'open' | 'ended' | 'cut' = 'open';

  async function chunk(): Promise<Buffer | undefined> {
    while (held === undefined && state === 'open') {
      try {
        const { done, value } = await source.next();
        if (done) state = 'ended';
        else if (value.length > 0) held = value;
      } catch {
        state = 'cut';
      }
    }
    return held;
  }

  async function* take(limit: number): AsyncGenerator<Buffer> {
    let left = limit;
    for (let bytes = await chunk(); bytes && left > 0; bytes = left > 0 ? await chunk() : undefined) {
      held = bytes.length > left ? bytes.subarray(left) : undefined;
      const taken = bytes.subarray(0, left);
      left -= taken.length;
      yield taken;
    }
  }

  return {
    hasMore: async () => (await chunk()) !== undefined,
    // As objects the chunks go on as they are; as bytes they would be copied into larger ones.
    next: (limit) => Readable.from(take(limit), { objectMode: true, highWaterMark: 4 }),
    wasCut: () => state === 'cut',
  };
}
