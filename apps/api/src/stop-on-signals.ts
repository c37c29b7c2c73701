import type { Logger } from 'pino';
import { describeFailure } from './describe-failure.ts';

/** As long as a supervisor waits before it kills, in milliseconds. */
const patience = 30_000;
/** What runs a process in a terminal hands a signal on that the process has got as well: that is one signal. */
const echo = 300;

/**
 * Ends the process when it is told to: what is under way is brought to its end first. A second signal, or the end of
 * patience, cuts what is left.
 * @param stop settles once nothing is under way any more
 */
export function stopOnSignals(log: Pick<Logger, 'info' | 'error'>, stop: () => Promise<void>): void {
  let since: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (since !== undefined) {
        if (performance.now() - since < echo) return;
        log.error({ signal }, 'told again to stop: what was under way is cut');
        process.exit(1);
      }
      since = performance.now();
      log.info({ signal }, 'stopping');
      setTimeout(() => {
        log.error('stopping took too long: what was under way is cut');
        process.exit(1);
      }, patience).unref();
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ failure: describeFailure(error) }, 'stopping failed');
          process.exit(1);
        },
      );
    });
  }
}
