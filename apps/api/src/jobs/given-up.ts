import { sql } from 'drizzle-orm';
import { giveUpInvitationMail } from '../modules/invitations/index.ts';
import { giveUpCode } from '../modules/verifications/index.ts';
import type { JobPayloads } from './queue.ts';
import { deadLetterQueue } from './queues.ts';
import type { WorkerDependencies } from './worker-dependencies.ts';

/** Those of the jobs that somebody watches on a screen. */
type Watched = 'invitation.mail' | 'code.send';

interface DeadLetter<N extends Watched = Watched> extends Record<string, unknown> {
  readonly name: N;
  readonly data: JobPayloads[N];
}

const is = <N extends Watched>(letter: DeadLetter, name: N): letter is DeadLetter<N> => letter.name === name;

/**
 * Tells those who wait that a message was given up, however its job came to its end: out of tries, or with the worker that
 * had it in hand. Each letter is looked at many times and changes something once.
 */
export const createGivenUpPoll = (deps: Pick<WorkerDependencies, 'db' | 'events'>) => {
  const giveUpMail = giveUpInvitationMail(deps);
  const giveUp = giveUpCode(deps);
  return async (): Promise<void> => {
    const { rows } = await deps.db.transaction((tx) =>
      tx.execute<DeadLetter>(
        sql`select source_name as name, data from pgboss.job
            where name = ${deadLetterQueue} and state = 'created' and created_on > now() - interval '1 day'
              and source_name in ('invitation.mail', 'code.send')`,
      ),
    );
    for (const letter of rows) {
      if (is(letter, 'invitation.mail')) await giveUpMail(letter.data);
      else if (is(letter, 'code.send')) await giveUp(letter.data);
    }
  };
};
