import { answerOf } from '../support/clinic.ts';
import { tokenOf } from '../support/registering.ts';
import { type Attack, Tally } from './attack.ts';
import { inviteByMail, newCase, somebody } from './clinic.ts';
import { faceOf } from './means/face.ts';
import { changedBetween, fingerprints } from './means/tables.ts';
import { codeOf, freshNetwork } from './means/wire.ts';
import type { World } from './world.ts';

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { A, P1, P2 } = await world.clinic();
  const toP1 = await inviteByMail(world, A, await newCase(A, 'Ana Ruiz'), { email: P1.email });
  const stranger = somebody('Ana Ruiz', 56);
  const toStranger = await inviteByMail(world, A, await newCase(A, 'Ana Ruiz'), stranger);
  const delivered = async (): Promise<boolean> =>
    (await world.database.count(
      `select count(*) from invitations where id = any($1) and delivery = 'delivered'`,
      [[toP1.invitationId, toStranger.invitationId]],
    )) === 2;
  for (let wait = 0; wait < 50 && !(await delivered()); wait += 1)
    await new Promise((done) => setTimeout(done, 100));
  const before = await fingerprints(world.ownerUrl, ['deliveries']);

  for (const { link, invitationId } of [toP1, toStranger]) {
    const jar = new Map(P2.cookies);
    const started = await P2.ask({
      method: 'POST',
      path: '/v1/registrations',
      headers: { 'content-type': 'application/json', ...freshNetwork() },
      body: JSON.stringify({ token: tokenOf(link) }),
    });
    tally.held(
      started.status === 409 && codeOf(started) === 'someone-else-signed-in',
      `P2 opened another’s link: ${started.status} ${started.text.slice(0, 90)}`,
    );
    tally.held(
      started.headers['set-cookie'] === undefined,
      'P2 was given a cookie of another’s registration',
    );
    for (const act of ['accept', 'decline'] as const) {
      const closed = faceOf(await P2.send('POST', `/v1/invitations/${crypto.randomUUID()}/${act}`));
      const answer = await P2.send('POST', `/v1/invitations/${invitationId}/${act}`);
      tally.held(faceOf(answer) === closed, `P2 may ${act} another’s invitation: ${answer.status}`);
    }
    P2.cookies.clear();
    for (const [name, value] of jar) P2.cookies.set(name, value);
  }
  const received = await answerOf(P2.client.listReceivedInvitations());
  tally.held(!JSON.stringify(received).includes(toP1.invitationId), 'P2 sees another’s invitation');
  const changed = changedBetween(before, await fingerprints(world.ownerUrl, ['deliveries']));
  tally.held(changed.length === 0, `Rows were written in ${changed.join(', ')}`);
  return tally;
}

export const t16: Attack = {
  id: 'T16',
  title: 'An invitation is accepted by somebody else who is signed in',
  run: async (world) => (await run(world)).outcome,
};
