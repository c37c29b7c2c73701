import { setTimeout as delay } from 'node:timers/promises';
import { newVisitor } from '../attacks/means/actor.ts';
import { comesTrue } from '../attacks/means/target.ts';
import type { World } from '../attacks/world.ts';
import { answerOf } from '../support/clinic.ts';
import { linkIn } from '../support/mail.ts';
import { tokenOf } from '../support/registering.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { type Invited, Inviters, shownNow, waiting } from './means/inviting.ts';

const mailsTo = ({ mailroom }: World, { email }: Invited) => mailroom.emails({ to: email });

/** Whether the link of a mail can be used, as its reader finds it. */
async function isUsable(world: World, link: string): Promise<boolean> {
  const { client } = newVisitor(world, 'patient');
  return (
    (await answerOf(client.lookUpInvitationLink({ body: { token: tokenOf(link) } }))).status === 'usable'
  );
}

/** A mail may have left though nobody said so: it leaves once more and no oftener, and whichever is opened works. */
export const takenAndNotAnswered: Fault = {
  id: 'F2',
  title: 'The mail provider takes a mail and never answers',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.product();
    const { mailroom } = world;
    const inviters = new Inviters(world);
    const rounds = ground.size(5, 1);
    let mails = 0;
    let slowest = 0;
    for (let round = 0; round < rounds; round += 1) {
      const emails = Array.from({ length: 3 }, () => `hung-${crypto.randomUUID().slice(0, 13)}@example.com`);
      for (const email of emails) await mailroom.setSwitchesFor(email, { email: { answer: 'hang' } });
      const hung: Invited[] = [];
      for (const email of emails) {
        hung.push(await inviters.invite(email));
        ground.ledgerOf(world).invitation(hung.at(-1) as Invited, (hung.at(-1) as Invited).id);
      }
      const isTaken = await comesTrue(
        async () =>
          (await Promise.all(hung.map((one) => mailsTo(world, one)))).every((all) => all.length > 0),
        10_000,
      );
      arranged(isTaken, 'mails that were taken and not answered');
      const begun = Date.now();
      for (const email of emails) await mailroom.setSwitchesFor(email, {});
      findings.holds(
        await comesTrue(async () => (await waiting(world, 'invitation.mail')) === 0, 60_000),
        'a mail without an answer is not sent again within a minute',
      );
      slowest = Math.max(slowest, Date.now() - begun);
      await delay(1500);
      for (const one of hung) {
        const links = (await mailsTo(world, one)).map(linkIn);
        mails += links.length;
        findings.holds(links.length === 2, `a mail that hung once left ${links.length} times`);
        findings.holds(new Set(links).size === 1, 'the two mails carry different links');
        findings.holds(await isUsable(world, links.at(-1) ?? ''), 'the first mail’s link does not work');
      }
    }
    findings.note(
      `${rounds * 3} mails hung once each: ${mails} left, one link each; over ${(slowest / 1000).toFixed(1)} s after they were taken at the latest`,
    );
    return findings.outcome;
  },
};

/** A refused address is nobody's outage: its clinician sees it at once, and mends it. */
export const addressRefused: Fault = {
  id: 'F3',
  title: 'The mail provider refuses an address',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.product();
    const { mailroom, database } = world;
    // A correction counts like an invitation.
    const inviters = new Inviters(world, 14);
    const count = ground.size(20, 3);
    let slowest = 0;
    for (let made = 0; made < count; made += 1) {
      const wrong = `refused-${crypto.randomUUID().slice(0, 13)}@example.com`;
      await mailroom.setSwitchesFor(wrong, { email: { answer: 'badRequest' } });
      const one = await inviters.invite(wrong);
      ground.ledgerOf(world).invitation(one, one.id);
      const begun = Date.now();
      const isSeen = await comesTrue(async () => (await shownNow(one)).delivery === 'failed', 15_000);
      slowest = Math.max(slowest, Date.now() - begun);
      const shown = await shownNow(one);
      findings.holds(isSeen, `a refused address is shown as ${shown.delivery}`);
      findings.holds((shown.deliveryReason ?? '') !== '', 'nobody says why the mail was refused');
      findings.holds(shown.abilities.correct, 'a refused address cannot be corrected');
      const [job] = await database.rows<{ state: string; tries: number }>(
        `select state::text, retry_count as tries from pgboss.job
         where name = 'invitation.mail' and data->>'invitationId' = $1`,
        [one.id],
      );
      findings.holds(
        job?.state === 'completed' && job.tries === 0,
        `a refused mail is ${job?.state} after ${job?.tries} further tries`,
      );
      const right = `right-${crypto.randomUUID().slice(0, 13)}@example.com`;
      const mended = await one.doctor.send('PATCH', `/v1/invitations/${one.id}`, { email: right });
      findings.holds(mended.status === 200, `correcting was answered with ${mended.status}`);
      const arrives = await comesTrue(async () => (await shownNow(one)).delivery === 'delivered', 15_000);
      findings.holds(arrives, 'the corrected mail does not arrive');
      findings.holds((await mailroom.emails({ to: wrong })).length === 0, 'the refused address was mailed');
      await mailroom.setSwitchesFor(wrong, {});
    }
    findings.note(
      `${count} refused addresses: shown after ${(slowest / 1000).toFixed(1)} s at most, none tried again, all corrected`,
    );
    return findings.outcome;
  },
};
