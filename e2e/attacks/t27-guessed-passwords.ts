import { type Attack, arranged, Tally } from './attack.ts';
import { newCase, newPatient, somebody } from './clinic.ts';
import { inParallel } from './means/in-parallel.ts';
import { ask, codeOf, freshNetwork } from './means/wire.ts';
import { fetchWithCookies } from '../support/cookie-jar.ts';
import { signedIn } from '../support/clinic.ts';
import type { World } from './world.ts';

/** Failed tries that an account may see in a row (NIST SP 800-63B-4 §3.2.2). */
const most = 100;

const guess = (world: World, email: string, network: Record<string, string>, password: string) =>
  ask(world.apiUrl, {
    method: 'POST',
    path: '/v1/sessions',
    headers: { 'content-type': 'application/json', 'casetalk-portal': 'patient', ...network },
    body: JSON.stringify({ email, password }),
  });

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { A } = await world.clinic();
  const patient = somebody('Ana Ruiz', 92);
  const { actor: owner } = await newPatient(world, A, await newCase(A, patient.name), patient);
  const total = world.size(10_000, 260);
  const batches = world.size(200, 130);
  let evaluated = 0;
  for (let batch = 0; batch < batches; batch += 1) {
    await inParallel(Array.from({ length: total / batches }), 32, async (_, index) => {
      const answer = await guess(world, patient.email, freshNetwork(), `guess number ${batch} of ${index}`);
      if (codeOf(answer) === 'wrong-credentials') evaluated += 1;
      tally.held(
        answer.status === 401 || answer.status === 429 || answer.status === 503,
        `A guess was answered with ${answer.status}`,
      );
    });
    // The thief has all the time of the world: every wait goes by.
    await world.database.rows(`update sign_in_failures set blocked_until = now() - interval '1 second'`);
  }
  arranged(evaluated > 0, 'guesses that are evaluated');
  tally.held(evaluated <= most, `${evaluated} guesses were evaluated`);
  tally.note(`${evaluated} of ${total} guesses at one account evaluated`);

  const known = await signedIn(
    world,
    'patient',
    patient.email,
    patient.password,
    fetchWithCookies(owner.cookies),
  ).then(
    () => true,
    (error: Error) => error.message,
  );
  tally.held(known === true, `The owner cannot get in from the browser that they always use: ${known}`);
  const stranger = await signedIn(world, 'patient', patient.email, patient.password, fetchWithCookies()).then(
    () => true,
    () => false,
  );
  tally.held(!stranger, 'After so many guesses even a strange browser gets in');

  const network = freshNetwork();
  const spread = await inParallel(Array.from({ length: world.size(300, 80) }), 8, async () =>
    codeOf(await guess(world, somebody().email, network, 'plum river under lamps')),
  );
  const looked = spread.filter((code) => code === 'wrong-credentials').length;
  tally.held(looked <= 60, `${looked} guesses of one network at many accounts were evaluated`, spread.length);
  tally.note(`${looked} of ${spread.length} guesses from one network evaluated`);
  return tally;
}

export const t27: Attack = {
  id: 'T27',
  title: 'Passwords are stuffed and guessed slowly',
  run: async (world) => (await run(world)).outcome,
};
