import { answerOf } from '../support/clinic.ts';
import { tokenOf } from '../support/registering.ts';
import { type Attack, arranged, Tally } from './attack.ts';
import { inviteByMail, newCase, newPatient, somebody } from './clinic.ts';
import { enter, newVisitor } from './means/actor.ts';
import { codeOf } from './means/wire.ts';
import type { World } from './world.ts';

const thiefs = '(415) 555-0199';
const stolen = 'the thief’s own password';

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { A, B } = await world.clinic();
  const victim = somebody('Ida Holm', 54);
  const { actor: P } = await newPatient(world, A, await newCase(A, victim.name), victim);
  const row = async (): Promise<string> => {
    const [found] = await world.database.rows<{ row: string }>(
      `select concat_ws('|', phone, phone_kind, password_hash, email, name) as row from patients where id = $1`,
      [P.id],
    );
    return found?.row ?? '';
  };
  const before = await row();

  const caseId = await newCase(B, victim.name);
  const { invitationId, link } = await inviteByMail(world, B, caseId, {
    email: victim.email,
    mobile: thiefs,
  });
  const thief = newVisitor(world, 'patient');
  const { client } = thief;
  const started = await answerOf(client.startRegistration({ body: { token: tokenOf(link) } }));
  tally.held(
    started.next === 'signIn' && started.registration === null,
    'An account was about to be registered again',
  );

  const doors: readonly [string, () => Promise<{ ok: boolean }>][] = [
    ['number', () => client.enterRegistrationPhone({ body: { phone: thiefs, kind: 'mobile' } })],
    ['code', () => client.sendRegistrationCode({ body: { methodId: 'mobile-text' } })],
    ['guess', () => client.submitRegistrationCode({ body: { code: '000000' } })],
    ['password', () => client.setRegistrationPassword({ body: { password: stolen } })],
    ['acceptance', () => client.acceptInvitation({ params: { invitationId } })],
  ];
  for (const [what, knock] of doors) tally.held(!(await knock()).ok, `The thief set the ${what}`);
  tally.held((await row()) === before, 'Number or password of the account changed');

  // The forgotten password goes to the number that the account has proved, never to the clinic's latest idea of it.
  const mailBefore = (await world.mailroom.emails({ to: victim.email }))[0]?.id;
  await answerOf(client.requestPasswordReset({ body: { email: victim.email } }));
  const reset = await world.mailroom.nextEmail({
    to: victim.email,
    ...(mailBefore === undefined ? {} : { after: mailBefore }),
  });
  const token = /#([\w-]{43})/.exec(reset.text ?? '')?.[1];
  arranged(token !== undefined, 'a link in the mail of a forgotten password');
  const { methods } = await answerOf(client.startPasswordReset({ body: { token } }));
  tally.held(
    methods.every(({ hint }) => hint === victim.mobile.slice(-2)),
    'A reset offers another number than the proved one',
  );
  for (const { id } of methods) {
    await client.sendPasswordResetCode({ body: { methodId: id } });
    await world.passAnHour();
    await world.database.rows(`update verifications set last_sent_at = last_sent_at - interval '31 seconds'`);
  }
  const [texts, calls] = await Promise.all([
    world.mailroom.texts({ to: '+14155550199' }),
    world.mailroom.calls({ to: '+14155550199' }),
  ]);
  tally.held(texts.length + calls.length === 0, 'A code went to the number that was typed for the account');

  const known = await world.mailroom.emails({ to: victim.email });
  tally.held(
    known.some(({ text }) => text?.includes(tokenOf(link))),
    'The account’s owner was not told of the invitation',
  );
  await answerOf(P.client.acceptInvitation({ params: { invitationId } }));
  tally.held((await row()) === before, 'Accepting changed number or password');
  arranged((await enter(world, 'patient', victim.email, victim.password)).id === P.id, 'the owner gets in');
  const guess = await newVisitor(world, 'patient').send('POST', '/v1/sessions', {
    email: victim.email,
    password: stolen,
  });
  tally.held(codeOf(guess) === 'wrong-credentials', 'The thief’s password opens the account');
  return tally;
}

export const t10: Attack = {
  id: 'T10',
  title: 'A second invitation takes over the patient’s account',
  run: async (world) => (await run(world)).outcome,
};
