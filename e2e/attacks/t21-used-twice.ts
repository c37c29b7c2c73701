import { type Attack, arranged, Tally } from './attack.ts';
import { inviteByMail, newCase, somebody } from './clinic.ts';
import { atOnce } from './means/in-parallel.ts';
import { codeByText, openLink } from './means/registering-steps.ts';
import type { World } from './world.ts';

const many = 50;

async function once(world: World, round: number, tally: Tally): Promise<void> {
  await world.passAnHour();
  const { A } = await world.clinic();
  const patient = somebody('Ana Ruiz', 60 + (round % 30));
  const { link, invitationId } = await inviteByMail(world, A, await newCase(A, patient.name), patient);
  const browser = await openLink(world, link);
  const code = await codeByText(world, browser, patient.mobile);
  const answers = await atOnce(many, () => browser.client.submitRegistrationCode({ body: { code } }));
  const again = await browser.client.submitRegistrationCode({ body: { code } });
  const successes = [...answers, again].filter(({ ok }) => ok).length;
  const [counted] = await world.database.rows<{ acts: number }>(
    `select count(*)::int as acts from audit_events e join verifications v on v.id = e.resource_id
       join registrations r on r.id = v.registration_id
     where e.action = 'code.submit' and e.outcome = 'success' and r.invitation_id = $1`,
    [invitationId],
  );
  arranged(successes > 0, 'a code that works');
  const isOne = successes === 1 && counted?.acts === 1;
  tally.held(
    isOne,
    `The right code ${many} times at once: ${successes} successes, ${counted?.acts} acts`,
    many,
  );
}

export const t21: Attack = {
  id: 'T21',
  title: 'The right code works twice, one after the other or at once',
  async run(world) {
    const tally = new Tally();
    for (let round = 0; round < world.size(20, 3); round += 1) await once(world, round, tally);
    return tally.outcome;
  },
};
