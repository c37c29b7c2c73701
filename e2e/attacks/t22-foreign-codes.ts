import { answerOf } from '../support/clinic.ts';
import { codeIn, linkIn } from '../support/mail.ts';
import { e164 } from '../support/people.ts';
import { tokenOf } from '../support/registering.ts';
import { type Attack, arranged, Tally } from './attack.ts';
import { inviteByMail, newCase, somebody } from './clinic.ts';
import { newVisitor, type Visitor } from './means/actor.ts';
import { codeByText, openLink, passCoolDown } from './means/registering-steps.ts';
import type { World } from './world.ts';

interface Flow {
  readonly browser: Visitor;
  readonly code: string;
  readonly submit: (code: string) => Promise<{ ok: boolean }>;
  readonly name: string;
}

async function registration(world: World, index: number): Promise<Flow[]> {
  await world.passAnHour();
  const { A } = await world.clinic();
  const patient = somebody('Ana Ruiz', 80 + index);
  const { link } = await inviteByMail(world, A, await newCase(A, patient.name), patient);
  const flows: Flow[] = [];
  // Two browsers of one link: the code of one must not prove the other.
  for (const which of index === 0 ? ['first', 'second'] : ['only']) {
    const browser = await openLink(world, link);
    const code = await codeByText(world, browser, patient.mobile);
    const submit = (guess: string) => browser.client.submitRegistrationCode({ body: { code: guess } });
    flows.push({ browser, code, submit, name: `registration ${index} in its ${which} browser` });
  }
  return flows;
}

async function reset(world: World): Promise<Flow> {
  await world.passAnHour();
  const { P1 } = await world.clinic();
  const { client } = newVisitor(world, 'patient');
  const after = (await world.mailroom.emails({ to: P1.email }))[0]?.id;
  await answerOf(client.requestPasswordReset({ body: { email: P1.email } }));
  const mail = await world.mailroom.nextEmail({ to: P1.email, ...(after === undefined ? {} : { after }) });
  const { methods } = await answerOf(client.startPasswordReset({ body: { token: tokenOf(linkIn(mail)) } }));
  const text = methods.find(({ channel }) => channel === 'text');
  arranged(text !== undefined, 'a number for texts');
  const to = e164('(415) 555-0151');
  const before = (await world.mailroom.texts({ to }))[0]?.id;
  await answerOf(client.sendPasswordResetCode({ body: { methodId: text.id } }));
  const code = codeIn(
    await world.mailroom.nextText({ to, ...(before === undefined ? {} : { after: before }) }),
  );
  const submit = (guess: string) => client.submitPasswordResetCode({ body: { code: guess } });
  return { browser: newVisitor(world, 'patient'), code, submit, name: 'a forgotten password' };
}

/** Once a new code was asked for after the old one's life, the old one is nothing. */
async function oldCode(world: World, tally: Tally): Promise<void> {
  await world.passAnHour();
  const { A } = await world.clinic();
  const patient = somebody('Ana Ruiz', 89);
  const { link, invitationId } = await inviteByMail(world, A, await newCase(A, patient.name), patient);
  const browser = await openLink(world, link);
  const old = await codeByText(world, browser, patient.mobile);
  await world.database.rows(
    `update verifications v set expires_at = now() from registrations r where r.id = v.registration_id and r.invitation_id = $1`,
    [invitationId],
  );
  const expired = await browser.client.submitRegistrationCode({ body: { code: old } });
  tally.held(!expired.ok, 'A code works beyond its life');
  await passCoolDown(world);
  const fresh = await codeByText(world, browser, patient.mobile);
  if (fresh === old) return;
  const late = await browser.client.submitRegistrationCode({ body: { code: old } });
  tally.held(!late.ok, 'The code before works after a new one was sent');
  arranged((await browser.client.submitRegistrationCode({ body: { code: fresh } })).ok, 'the new code works');
}

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const flows = [
    ...(await registration(world, 0)),
    ...(await registration(world, 1)),
    ...(await registration(world, 2)),
    await reset(world),
  ];
  for (const flow of flows) {
    for (const other of flows) {
      if (other === flow || other.code === flow.code) continue;
      tally.held(!(await flow.submit(other.code)).ok, `The code of ${other.name} proves ${flow.name}`);
      // Wrong ones are counted; how often is another attack's matter.
      await world.database.rows('update invitations set code_tries_used = 0, code_locked_until = null');
      await world.database.rows('update password_resets set code_tries_used = 0, code_locked_until = null');
      await world.database.rows('update verifications set tries_used = 0');
    }
  }
  // A code that has proved another flow is used up.
  if (tally.successes > 0) return tally;
  for (const { name, submit, code } of flows)
    arranged((await submit(code)).ok, `${name}: its own code works`);
  await oldCode(world, tally);
  return tally;
}

export const t22: Attack = {
  id: 'T22',
  title: 'The code of one flow proves another, or an old code works',
  run: async (world) => (await run(world)).outcome,
};
