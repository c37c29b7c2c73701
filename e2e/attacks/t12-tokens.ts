import { randomBytes } from 'node:crypto';
import { tokenOf } from '../support/registering.ts';
import { type Attack, arranged, Tally } from './attack.ts';
import { inviteByMail, newCase, somebody } from './clinic.ts';
import { dumpOf, logOf, writingsOf } from './means/everything.ts';
import { inParallel } from './means/in-parallel.ts';
import { openLink } from './means/registering-steps.ts';
import { ask, freshNetwork } from './means/wire.ts';
import type { World } from './world.ts';

const lookUp = (world: World, token: string, network: Record<string, string>) =>
  ask(world.apiUrl, {
    method: 'POST',
    path: '/v1/invitation-links/look-up',
    headers: { 'content-type': 'application/json', ...network },
    body: JSON.stringify({ token }),
  });

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { A } = await world.clinic();
  const { link } = await inviteByMail(world, A, await newCase(A, 'Ana Ruiz'), somebody());
  const token = tokenOf(link);
  arranged((await lookUp(world, token, freshNetwork())).text.includes('"usable"'), 'a link that works');
  await openLink(world, link);
  await ask(world.apiUrl, { path: `/v1/invitation-links/${token}`, headers: freshNetwork() });

  tally.held(
    !new URL(link).href.split('#')[0]?.includes(token),
    'The secret stands in the part of the link that servers see',
  );
  tally.held(Buffer.from(token, 'base64url').length >= 32, 'The secret is shorter than 256 bits');
  const [dump, log] = await Promise.all([dumpOf(world), logOf(world)]);
  const raw = Buffer.from(token, 'base64url').toString('hex');
  for (const writing of [...writingsOf(token), raw]) {
    tally.held(!dump.includes(writing), 'The secret stands in the database');
    tally.held(!log.includes(writing), 'The secret stands in a log');
  }

  const guesses = world.size(100_000, 500);
  await inParallel(Array.from({ length: guesses }), 48, async () => {
    const { status, text } = await lookUp(world, randomBytes(32).toString('base64url'), freshNetwork());
    tally.held(
      status === 429 || status === 503 || text.includes('"unknown"'),
      `A guess was answered: ${text.slice(0, 90)}`,
    );
  });
  const network = freshNetwork();
  const statuses = await inParallel(
    Array.from({ length: 200 }),
    8,
    async () => (await lookUp(world, randomBytes(32).toString('base64url'), network)).status,
  );
  tally.held(statuses.includes(429), '200 guesses from one network met no brake', 200);
  return tally;
}

export const t12: Attack = {
  id: 'T12',
  title: 'The secret of a link is guessed, or found in database or log',
  run: async (world) => (await run(world)).outcome,
};
