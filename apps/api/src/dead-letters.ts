import { openDeadLetters, type Which } from './jobs/dead-letters.ts';
import { readJobsSettings } from './settings.ts';

const usage = `Jobs that were given up, and what to do with them:
  pnpm dead-letters                        lists them
  pnpm dead-letters resend <id …|--all>    puts them back into their queues
  pnpm dead-letters remove <id …|--all>    forgets them`;

/** `pnpm dead-letters`: ends with 1 when nothing was done that was asked for, with 2 when it was asked for nothing known. */
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const [act = 'list', ...named] = process.argv.slice(2);
const which: Which = named.includes('--all') ? 'all' : named;
const isKnown = act === 'list' ? named.length === 0 : ['resend', 'remove'].includes(act) && named.length > 0;

if (isKnown) await run();
else {
  say(usage);
  process.exitCode = 2;
}

async function run(): Promise<void> {
  const letters = await openDeadLetters(readJobsSettings().JOBS_DATABASE_URL);
  try {
    if (act === 'list') await list(letters);
    else await change(letters, act === 'resend' ? 'resend' : 'remove');
  } finally {
    await letters.close();
  }
}

async function list(letters: Awaited<ReturnType<typeof openDeadLetters>>): Promise<void> {
  const all = await letters.list();
  say(all.length === 0 ? 'No job was given up.' : `${all.length} jobs were given up:`);
  for (const { id, job, at, why, ids, mayBeSent } of all) {
    const about = Object.entries(ids).map(([name, value]) => `${name}=${String(value)}`);
    say(`${id}  ${at.toISOString()}  ${job}  ${about.join(' ')}  ${why}`);
    if (!mayBeSent) say('    A code lives for ten minutes: this one is never sent again. Remove it.');
  }
}

async function change(
  letters: Awaited<ReturnType<typeof openDeadLetters>>,
  how: 'resend' | 'remove',
): Promise<void> {
  const count = await letters[how](which);
  say(how === 'resend' ? `${count} put back into their queues.` : `${count} removed.`);
  if (count === 0 && which !== 'all') process.exitCode = 1;
}
