import { answerOf } from '../support/clinic.ts';
import { e164 } from '../support/people.ts';
import { type Attack, arranged, Tally } from './attack.ts';
import { inviteByMail, newCase, somebody } from './clinic.ts';
import { logOf } from './means/everything.ts';
import { openLink, passCoolDown } from './means/registering-steps.ts';
import { comesTrue } from './means/target.ts';
import { codeOf } from './means/wire.ts';
import type { World } from './world.ts';

/** Codes that one number may get in a day. */
const perDay = 10;

/** Numbers on which somebody earns, that cost nothing, or that lie where no patient of the practice lives. */
const refused = [
  '+19005550134',
  '+19765550134',
  '+18005550134',
  '+18885550134',
  '+18775550134',
  '+447700900123',
  '+881612345678',
  '+882161234567',
  '+18765550134',
  '+12425550134',
  '+37061234567',
  '911',
];

async function arrivedAt(world: World, mobile: string): Promise<number> {
  const to = e164(mobile);
  const [texts, calls] = await Promise.all([world.mailroom.texts({ to }), world.mailroom.calls({ to })]);
  return texts.length + calls.length;
}

/** Several invitations to one number, each asked for its code again and again over ten hours. */
async function pump(world: World, tally: Tally): Promise<void> {
  const { A, B } = await world.clinic();
  const patient = somebody('Ana Ruiz', 91);
  const calls = world.size(1000, 120);
  const flows = [];
  for (let flow = 0; flow < 5; flow += 1) {
    const by = flow % 2 === 0 ? A : B;
    const to = { ...somebody('Ana Ruiz', 91), mobile: patient.mobile };
    flows.push(
      await openLink(world, (await inviteByMail(world, by, await newCase(by, patient.name), to)).link),
    );
  }
  let accepted = 0;
  for (let call = 0; call < calls; call += 1) {
    const methodId = call % 3 === 0 ? 'mobile-call' : 'mobile-text';
    const answer = await flows[call % flows.length]?.client.sendRegistrationCode({ body: { methodId } });
    if (answer?.ok) accepted += 1;
    if (call % 5 === 4) await passCoolDown(world);
    if (call % Math.ceil(calls / 10) === 0)
      await world.database.rows(`update code_sends set sent_at = sent_at - interval '61 minutes'`);
  }
  // What was accepted leaves by the worker.
  await comesTrue(async () => (await arrivedAt(world, patient.mobile)) >= Math.min(accepted, perDay), 5000);
  const arrived = await arrivedAt(world, patient.mobile);
  arranged(arrived > 0, 'codes that arrive');
  tally.held(arrived <= perDay, `${arrived} codes went to one number within a day`, calls);
  tally.note(`${calls} calls over ten hours sent ${arrived}`);
}

async function expensiveNumbers(world: World, tally: Tally): Promise<void> {
  const { A } = await world.clinic();
  const { link } = await inviteByMail(world, A, await newCase(A, 'Ana Ruiz'), { email: somebody().email });
  const { client } = await openLink(world, link);
  for (const phone of refused) {
    await world.passAnHour();
    const caseId = await newCase(A, 'Ana Ruiz');
    for (const kind of ['mobile', 'landline'] as const) {
      const invited = await A.send('POST', `/v1/cases/${caseId}/invitations`, {
        email: somebody().email,
        [kind]: phone,
      });
      tally.held(
        /phone-refused|invalid-request/.test(codeOf(invited)),
        `${phone} was taken as ${kind}: ${invited.status}`,
      );
      const entered = await client.enterRegistrationPhone({ body: { phone, kind } });
      tally.held(!entered.ok, `${phone} was taken from an invitee as ${kind}`);
    }
  }
}

/** With a cap of twelve an hour for all numbers together, the thirteenth code stops at the breaker, and somebody is told. */
async function breaker(world: World, tally: Tally): Promise<void> {
  const cap = 12;
  const small = await world.another({ CODES_PER_HOUR: String(cap), CODES_PER_NETWORK: '500' });
  try {
    const { A } = await small.clinic();
    await small.passAnHour();
    let accepted = 0;
    let open = 0;
    for (let number = 0; number < cap + 6; number += 1) {
      await small.database.rows('delete from rate_counters');
      const patient = somebody('Ana Ruiz', 20 + number);
      const { link } = await inviteByMail(small, A, await newCase(A, patient.name), patient);
      const { client } = await openLink(small, link);
      const answer = await client.sendRegistrationCode({ body: { methodId: 'mobile-text' } });
      if (answer.ok) accepted += 1;
      else if (answer.problem.code === 'unavailable') open += 1;
    }
    arranged(accepted > 0, 'codes that leave');
    tally.held(
      accepted <= cap && open > 0,
      `${accepted} codes left with a cap of ${cap}, ${open} met the breaker`,
      cap + 6,
    );
    const log = await logOf(small);
    tally.held(
      /"level":50[^\n]*(?:request failed|codes)/.test(log),
      'Nobody is told that the breaker opened',
    );
  } finally {
    await small.close();
  }
}

export const t24: Attack = {
  id: 'T24',
  title: 'Codes are pumped to a number that earns, or to all numbers at once',
  async run(world) {
    const tally = new Tally();
    await answerOf((await world.clinic()).A.client.getMe());
    await pump(world, tally);
    await world.passAnHour();
    await expensiveNumbers(world, tally);
    await breaker(world, tally);
    return tally.outcome;
  },
};
