import { startMailroom } from './index.ts';
import { readSettings } from './settings.ts';

/** The mailroom as a process of its own: settings from the environment, one line when it is ready. */
const mailroom = await startMailroom(readSettings());
process.stdout.write(`Mailroom ready at ${mailroom.url}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void mailroom.close());
}
