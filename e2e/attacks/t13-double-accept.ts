import { answerOf } from '../support/clinic.ts';
import { type Attack, arranged, Tally } from './attack.ts';
import { inviteByMail, newCase, somebody } from './clinic.ts';
import { atOnce } from './means/in-parallel.ts';
import { upToPassword } from './means/registering-steps.ts';
import { spareSessions } from './means/spare-sessions.ts';
import { ask, codeOf } from './means/wire.ts';
import type { World } from './world.ts';

const many = 50;

/** One link, opened and proved in two browsers; both set the password as often as they can at the same moment. */
async function registerAtOnce(world: World, round: number, tally: Tally): Promise<void> {
  const { A } = await world.clinic();
  await world.passAnHour();
  const patient = somebody('Ana Ruiz', 60 + (round % 30));
  const { link } = await inviteByMail(world, A, await newCase(A, patient.name), patient);
  const browsers = [
    await upToPassword(world, link, patient.mobile),
    await upToPassword(world, link, patient.mobile),
  ];
  const answers = await atOnce(many, (index) =>
    (browsers[index % 2] ?? arrangedBrowser()).client.setRegistrationPassword({
      body: { password: patient.password },
    }),
  );
  const successes = answers.filter(({ ok }) => ok).length;
  const accounts = await world.database.count('select count(*) from patients where email = $1', [
    patient.email,
  ]);
  const sessions = await world.database.count(
    'select count(*) from sessions s join patients p on p.id = s.patient_id where p.email = $1',
    [patient.email],
  );
  arranged(successes > 0, 'a password that can be set');
  const once = successes === 1 && accounts === 1 && sessions === 0;
  tally.held(
    once,
    `${many} passwords at once: ${successes} successes, ${accounts} accounts, ${sessions} sessions`,
    many,
  );
}

const arrangedBrowser = (): never => {
  throw new Error('Not arranged: two browsers');
};

/** Somebody with an account accepts an invitation as often as they can at the same moment. */
async function acceptAtOnce(world: World, tally: Tally): Promise<void> {
  const { A, P1 } = await world.clinic();
  await world.passAnHour();
  const caseId = await newCase(A, 'Ana Ruiz');
  const { id: invitationId } = await answerOf(
    A.client.createInvitation({ params: { caseId }, body: { email: P1.email } }),
  );
  const sessions = await spareSessions(world, P1, 5);
  const path = `/v1/invitations/${invitationId}/accept`;
  const answers = await atOnce(many, (index) =>
    ask(world.apiUrl, { method: 'POST', path, headers: { ...sessions[index % sessions.length] } }),
  );
  const successes = answers.filter(({ status }) => status < 300).length;
  const [counted] = await world.database.rows<{ talks: number; acts: number }>(
    `select (select count(*)::int from talks where case_id = $1) as talks,
       (select count(*)::int from audit_events where action = 'invitation.accept' and resource_id = $2) as acts`,
    [caseId, invitationId],
  );
  const refusals = answers.map(codeOf);
  arranged(successes > 0, `an invitation that can be accepted: ${[...new Set(refusals)].join(', ')}`);
  const once = successes === 1 && counted?.talks === 1 && counted.acts === 1;
  tally.held(once, `${many} acceptances at once: ${successes} successes, ${counted?.acts} acts`, many);
}

export const t13: Attack = {
  id: 'T13',
  title: 'One invitation is accepted many times at once: two accounts, two talks',
  async run(world) {
    const tally = new Tally();
    for (let round = 0; round < world.size(20, 2); round += 1) {
      await registerAtOnce(world, round, tally);
      await acceptAtOnce(world, tally);
    }
    return tally.outcome;
  },
};
