import { Agent } from 'node:http';
import { answerOf } from '../support/clinic.ts';
import { type Attack, arranged, Tally } from './attack.ts';
import { inviteByMail, newCase, somebody } from './clinic.ts';
import { inParallel } from './means/in-parallel.ts';
import { codeByText, openLink, passCoolDown } from './means/registering-steps.ts';
import { ask, codeOf, freshNetwork } from './means/wire.ts';
import type { World } from './world.ts';

const sockets = 200;
/** Failed tries that one invitation has, ever. */
const budget = 10;

/** A guess that is certainly wrong: every live code is outside of what is guessed. */
const guesses = function* (live: ReadonlySet<string>): Generator<string, never> {
  for (let number = 0; ; number = (number + 7919) % 1_000_000) {
    const code = String(number).padStart(6, '0');
    if (!live.has(code)) yield code;
  }
};

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const { A } = await world.clinic();
  const patient = somebody('Ana Ruiz', 59);
  const { link, invitationId } = await inviteByMail(world, A, await newCase(A, patient.name), patient);
  // The thief opens the link in several browsers: each has a code of its own, and all share one budget.
  const browsers = [await openLink(world, link), await openLink(world, link), await openLink(world, link)];
  const live = new Set<string>();
  for (const browser of browsers) {
    await world.passAnHour();
    live.add(await codeByText(world, browser, patient.mobile));
  }
  const next = guesses(live);
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const answers = new Map<string, number>();
  const total = world.size(10_000, 400);
  const batches = 10;
  try {
    for (let batch = 0; batch < batches; batch += 1) {
      await inParallel(Array.from({ length: total / batches }), sockets, async (_, index) => {
        const browser = browsers[index % browsers.length];
        const answer = await ask(
          world.apiUrl,
          {
            method: 'POST',
            path: '/v1/registrations/current/verification/attempts',
            headers: { ...browser?.headers(), ...freshNetwork(), 'content-type': 'application/json' },
            body: JSON.stringify({ code: next.next().value }),
          },
          agent,
        );
        const code = answer.status === 200 ? 'success' : codeOf(answer);
        answers.set(code, (answers.get(code) ?? 0) + 1);
        tally.held(answer.status !== 200, 'A guess was taken for the code');
      });
      // The quarter of an hour after five wrong ones goes by, and codes are asked for again by the other way.
      await world.database.rows('update invitations set code_locked_until = now() where id = $1', [
        invitationId,
      ]);
      await passCoolDown(world);
      await world.passAnHour();
      for (const { client } of browsers)
        await client.sendRegistrationCode({
          body: { methodId: batch % 2 === 0 ? 'mobile-call' : 'mobile-text' },
        });
      // A code that came meanwhile is not guessed either; one in a million is no matter of this attack.
    }
  } finally {
    agent.destroy();
  }
  arranged((answers.get('code-wrong') ?? 0) > 0, `wrong codes are judged: ${JSON.stringify([...answers])}`);
  const [counted] = await world.database.rows<{ evaluated: number; tries: number }>(
    `select (select count(*)::int from audit_events e join verifications v on v.id = e.resource_id
         join registrations r on r.id = v.registration_id
         where e.action = 'code.submit' and r.invitation_id = i.id) as evaluated, i.code_tries_used as tries
     from invitations i where i.id = $1`,
    [invitationId],
  );
  const evaluated = counted?.evaluated ?? Number.POSITIVE_INFINITY;
  tally.held(evaluated <= budget, `${evaluated} guesses were evaluated`);
  tally.held((counted?.tries ?? 0) <= budget, `${counted?.tries} tries were counted`);
  tally.note(`${evaluated} of ${total} guesses evaluated; ${JSON.stringify(Object.fromEntries(answers))}`);

  await world.database.rows('update invitations set code_locked_until = now() where id = $1', [invitationId]);
  for (const code of live) {
    for (const { client } of browsers) {
      const late = await client.submitRegistrationCode({ body: { code } });
      tally.held(!late.ok, 'With no try left the right code still opens');
    }
  }
  const { codeTriesUsedUp } = await answerOf(A.client.getInvitation({ params: { invitationId } }));
  tally.held(codeTriesUsedUp, 'The clinician is not told');
  return tally;
}

export const t20: Attack = {
  id: 'T20',
  title: 'A code is guessed over many sockets, resends, channels and networks',
  run: async (world) => (await run(world)).outcome,
};
