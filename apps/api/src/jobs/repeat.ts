/**
 * Does something again and again, one round after the other, never two at once. A round that fails is told and the next
 * one comes in its time.
 * @param pause milliseconds between the end of a round and the start of the next
 */
export function repeat(
  pause: number,
  round: () => Promise<void>,
  onError: (error: Error) => void,
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let present = next();

  async function next(): Promise<void> {
    try {
      await round();
    } catch (error) {
      onError(error as Error);
    }
    if (stopped) return;
    timer = setTimeout(() => {
      present = next();
    }, pause);
  }

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await present;
    },
  };
}
