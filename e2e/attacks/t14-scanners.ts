import { tokenOf } from '../support/registering.ts';
import { register } from '../support/registering.ts';
import { type Attack, arranged, Tally } from './attack.ts';
import { inviteByMail, newCase, somebody } from './clinic.ts';
import { enter } from './means/actor.ts';
import { changedBetween, fingerprints } from './means/tables.ts';
import { ask, freshNetwork } from './means/wire.ts';
import type { World } from './world.ts';

/** How mail scanners and link previews name themselves. */
const scanners = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) SafeLinks',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'Mozilla/5.0 (compatible; Barracuda Sentinel (EE))',
  'curl/8.5.0',
];

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { A } = await world.clinic();
  const patient = somebody('Ana Ruiz', 55);
  const { link } = await inviteByMail(world, A, await newCase(A, patient.name), patient);
  const token = tokenOf(link);
  const { origin, pathname } = new URL(link);
  // What the mail provider tells of the mail must have been taken down before rows are compared.
  const isDelivered = async (): Promise<boolean> =>
    (await world.database.count(
      `select count(*) from invitations where email = $1 and delivery = 'delivered'`,
      [patient.email],
    )) === 1;
  for (let wait = 0; wait < 50 && !(await isDelivered()); wait += 1)
    await new Promise((done) => setTimeout(done, 100));
  const before = await fingerprints(world.ownerUrl, ['deliveries']);

  for (let visit = 0; visit < 20; visit += 1) {
    const headers = { 'user-agent': scanners[visit % scanners.length] ?? '', ...freshNetwork() };
    const method = visit % 2 === 0 ? 'GET' : 'HEAD';
    const page = await ask(origin, { method, path: pathname, headers });
    arranged(page.status === 200, `the page of the link, answered with ${page.status}`);
    tally.held(page.headers['set-cookie'] === undefined, 'Opening the link sets a cookie');
    tally.held(!page.text.includes(token), 'The page repeats the secret');
    // Where a scanner takes the fragment for a path or a query, and where it runs the page's own first request.
    for (const path of [
      `${pathname}/${token}`,
      `${pathname}?token=${token}`,
      `/v1/registrations?token=${token}`,
    ]) {
      const answer = await ask(origin, { method, path, headers });
      tally.held(answer.headers['set-cookie'] === undefined, `${path} sets a cookie`);
    }
    const looked = await ask(world.apiUrl, {
      method: 'POST',
      path: '/v1/invitation-links/look-up',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    tally.held(
      looked.status === 200 && looked.text.includes('"usable"'),
      `Look ${visit}: ${looked.text.slice(0, 90)}`,
    );
  }
  const changed = changedBetween(before, await fingerprints(world.ownerUrl, ['deliveries']));
  tally.held(changed.length === 0, `Being looked at changed ${changed.join(', ')}`);
  const walks = await register(world, world.mailroom, link, patient).then(
    () => enter(world, 'patient', patient.email, patient.password),
    () => undefined,
  );
  tally.held(walks !== undefined, 'After the scanners the patient can no longer register');
  return tally;
}

export const t14: Attack = {
  id: 'T14',
  title: 'A mail scanner opens the link and spends it',
  run: async (world) => (await run(world)).outcome,
};
