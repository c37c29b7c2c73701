/** SQLSTATEs by which PostgreSQL undoes a whole transaction for another one's sake: it may be run again as it is. */
const undone = new Set<unknown>(['40001', '40P01']);
const mostTries = 3;

/**
 * Runs statements again that were undone by a deadlock or by serialization. For work that is nothing but statements: what
 * has done anything else must not be done twice, and its person is asked to try again.
 * @throws what the last try threw
 */
export async function runUndone<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === mostTries || !undone.has((error as { code?: unknown }).code)) throw error;
    }
  }
}
