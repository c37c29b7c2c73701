import { resolve } from 'node:path';
import { anyFreePort, startService } from '@casetalk/local-stack';
import { MailroomClient } from '@casetalk/mailroom/client';
import type { ApiProcess } from './api-process.ts';
import type { World } from './world.ts';

const apps = resolve(import.meta.dirname, '../../../apps');

export interface PostOffice {
  readonly client: MailroomClient;
  /** How many mails went to each address. */
  readonly sent: () => Promise<Map<string, number>>;
  readonly close: () => Promise<void>;
}

/** The providers' stand-in, and a worker that hands over to it what the API leaves behind. */
export async function postOffice(
  { sink, watchdog }: Pick<World, 'sink' | 'watchdog'>,
  { env }: Pick<ApiProcess, 'env'>,
): Promise<PostOffice> {
  const port = await anyFreePort();
  const url = `http://127.0.0.1:${port}`;
  const mailroom = await startService({
    name: 'mailroom',
    script: resolve(apps, 'mailroom/src/main.ts'),
    cwd: resolve(apps, 'mailroom'),
    env: { ...env, NODE_OPTIONS: '', MAILROOM_PORT: String(port), MAILROOM_HOST: '127.0.0.1' },
    sink,
    watchdog,
    readyUrl: url,
  });
  const worker = await startService({
    name: 'worker',
    script: resolve(apps, 'api/src/worker.ts'),
    cwd: resolve(apps, 'api'),
    env: { ...env, NODE_OPTIONS: '', SENDGRID_BASE_URL: url, TWILIO_BASE_URL: url },
    sink,
    watchdog,
    stopWithinMs: 35_000,
  });
  const client = new MailroomClient(url);
  return {
    client,
    async sent() {
      const byAddress = Map.groupBy(await client.emails(), ({ to }) => to);
      return new Map([...byAddress].map(([to, emails]) => [to, emails.length]));
    },
    async close() {
      await worker.stop();
      await mailroom.stop();
    },
  };
}
