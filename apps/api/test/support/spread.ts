/** The same numbers in every run, spread over 0 (inclusive) to 1 (exclusive). */
export function spread(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** @param next a number from 0 (inclusive) to 1 (exclusive) */
export function pick<T>(all: readonly T[], next: () => number): T {
  const one = all[Math.floor(next() * all.length)];
  if (one === undefined) throw new Error('There is nothing to pick from.');
  return one;
}
