import type { Logger } from 'pino';
import { describeFailure } from './describe-failure.ts';
import { VaultRefusal } from './vault/vault-refusal.ts';

/**
 * Says why the process ends when something fails that nobody waits for, and ends it: its supervisor starts another one.
 * Left to itself Node prints the whole error, and the database layer's errors carry what was being written.
 */
export function sayLastWords(log: Pick<Logger, 'fatal'>): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      const words = error instanceof VaultRefusal ? error.message : 'the process cannot go on';
      log.fatal({ failure: describeFailure(error) }, words);
      process.exit(1);
    });
  }
}
