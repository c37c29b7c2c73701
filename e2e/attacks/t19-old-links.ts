import { answerOf } from '../support/clinic.ts';
import { linkIn } from '../support/mail.ts';
import { tokenOf } from '../support/registering.ts';
import { type Attack, arranged, Tally } from './attack.ts';
import { inviteByMail, newCase, somebody } from './clinic.ts';
import { newVisitor, type Visitor } from './means/actor.ts';
import { acceptTerms, codeByText, openLink } from './means/registering-steps.ts';
import type { World } from './world.ts';

/** Everything that a browser may try next, wherever it stands. */
async function goesOn(world: World, { client }: Visitor): Promise<string[]> {
  const { version, language } = await answerOf(client.getTerms());
  const doors: readonly [string, () => Promise<{ ok: boolean }>][] = [
    ['look', () => client.getRegistration()],
    ['number', () => client.enterRegistrationPhone({ body: { phone: '(415) 555-0134', kind: 'mobile' } })],
    ['code', () => client.sendRegistrationCode({ body: { methodId: 'mobile-text' } })],
    ['guess', () => client.submitRegistrationCode({ body: { code: '000000' } })],
    ['terms', () => client.acceptRegistrationTerms({ body: { version, language } })],
    ['password', () => client.setRegistrationPassword({ body: { password: 'seven quiet lanterns' } })],
    ['check', () => client.checkPassword({ body: { password: 'seven quiet lanterns' } })],
  ];
  const open: string[] = [];
  for (const [what, knock] of doors) if ((await knock()).ok) open.push(what);
  return open;
}

const stages = ['opened', 'code sent', 'verified', 'terms accepted'] as const;

/** How an invitation's link dies while somebody is on the way, and what it is called. */
const endings = {
  resent: (world: World, id: string) =>
    byA(world, (client) => client.resendInvitation({ params: { invitationId: id } })),
  revoked: (world: World, id: string) =>
    byA(world, (client) => client.revokeInvitation({ params: { invitationId: id } })),
  corrected: (world: World, id: string) =>
    byA(world, (client) =>
      client.correctInvitation({ params: { invitationId: id }, body: { email: somebody().email } }),
    ),
} as const;

async function byA<T>(world: World, act: (client: Visitor['client']) => Promise<T>): Promise<T> {
  return act((await world.clinic()).A.client);
}

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { A } = await world.clinic();
  for (const [how, end] of Object.entries(endings)) {
    for (const [index, stage] of stages.entries()) {
      if (world.fast && index % 2 === 0) continue;
      await world.passAnHour();
      const patient = somebody('Ana Ruiz', 70 + index);
      const caseId = await newCase(A, patient.name);
      const { link, invitationId } = await inviteByMail(world, A, caseId, patient);
      const browser = await openLink(world, link);
      if (index >= 1) {
        const code = await codeByText(world, browser, patient.mobile);
        if (index >= 2) await answerOf(browser.client.submitRegistrationCode({ body: { code } }));
        if (index >= 3) await acceptTerms(browser);
      }
      arranged((await browser.client.getRegistration()).ok, 'a registration on its way');
      await answerOf(end(world, invitationId));
      const open = await goesOn(world, browser);
      tally.held(open.length === 0, `${how} after ${stage}: still open for ${open.join(', ')}`, 7);
      await isDead(world, link, how, tally);
      const made = await world.database.count('select count(*) from patients where email = $1', [
        patient.email,
      ]);
      tally.held(made === 0, `${how} after ${stage}: an account was made`);
    }
  }
  await renewedByHolder(world, tally);
  return tally;
}

async function isDead(world: World, link: string, how: string, tally: Tally): Promise<void> {
  const token = tokenOf(link);
  const { client } = newVisitor(world, 'patient');
  const started = await client.startRegistration({ body: { token } });
  tally.held(!started.ok && started.problem.code === 'link-unusable', `A ${how} link can be opened`);
  const looked = await answerOf(client.lookUpInvitationLink({ body: { token } }));
  tally.held(looked.status !== 'usable', `A ${how} link is called usable`);
  await client.renewInvitationLink({ body: { token } });
}

/** Whoever holds an expired link may have a new one mailed: the old one stays dead, and works no second time. */
async function renewedByHolder(world: World, tally: Tally): Promise<void> {
  await world.passAnHour();
  const { A } = await world.clinic();
  const patient = somebody('Ana Ruiz', 75);
  const { link, invitationId } = await inviteByMail(world, A, await newCase(A, patient.name), patient);
  await world.database.rows(`update invitations set expires_at = now() - interval '1 minute' where id = $1`, [
    invitationId,
  ]);
  const { client } = newVisitor(world, 'patient');
  const expired = await client.startRegistration({ body: { token: tokenOf(link) } });
  tally.held(!expired.ok, 'An expired link can be opened');
  const after = (await world.mailroom.emails({ to: patient.email }))[0]?.id;
  await answerOf(client.renewInvitationLink({ body: { token: tokenOf(link) } }));
  const mail = await world.mailroom.nextEmail({
    to: patient.email,
    ...(after === undefined ? {} : { after }),
  });
  arranged(tokenOf(linkIn(mail)) !== tokenOf(link), 'a new secret');
  await isDead(world, link, 'renewed', tally);
  arranged(
    (await client.startRegistration({ body: { token: tokenOf(linkIn(mail)) } })).ok,
    'the new link works',
  );
}

export const t19: Attack = {
  id: 'T19',
  title: 'An old link works after it was sent again, corrected or revoked',
  run: async (world) => (await run(world)).outcome,
};
