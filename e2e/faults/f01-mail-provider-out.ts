import { setTimeout as delay } from 'node:timers/promises';
import { comesTrue } from '../attacks/means/target.ts';
import { linkIn } from '../support/mail.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { type Invited, Inviters, shownNow, waiting } from './means/inviting.ts';

/** How a mail provider is out: it fails, is too busy, takes mails and says nothing, cuts the line. */
const ways = ['serverError', 'tooMany', 'hang', 'down'] as const;

/** Mail is written down with the invitation and leaves when the provider takes it again: once, and to everybody. */
export const mailProviderOut: Fault = {
  id: 'F1',
  title: 'The mail provider fails, is busy, hangs or cuts the line, for ten minutes',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.product();
    const { mailroom, database } = world;
    ground.undo(() => mailroom.setSwitches({}));
    const ledger = ground.ledgerOf(world);
    const inviters = new Inviters(world);
    const eachWay = ground.size(150_000, 7000);
    const perWay = ground.size(25, 5);
    const begun = Date.now();
    const invited: Invited[] = [];
    for (const answer of ways) {
      const until = Date.now() + eachWay;
      await mailroom.setSwitches({ everyone: { email: { answer, retryAfterSeconds: 5 } } });
      for (let made = 0; made < perWay; made += 1) {
        const one = await inviters.invite();
        invited.push(one);
        ledger.invitation(one, one.id);
        await delay(Math.max(0, (until - Date.now()) / (perWay - made)));
      }
      const shown = await Promise.all(invited.slice(-perWay).map(shownNow));
      // One that hangs may have taken the mail, and its own report says so before we do.
      const honest = answer === 'hang' ? ['queued', 'delivered'] : ['queued'];
      findings.holds(
        shown.every(({ delivery }) => honest.includes(delivery)),
        `while it answers ${answer} the clinician sees ${shown.map(({ delivery }) => delivery).join(', ')}`,
      );
    }
    const [spent] = await database.rows<{ tries: number; touched: number }>(
      `select coalesce(sum(retry_count), 0)::int as tries, count(*) filter (where retry_count > 0)::int as touched
       from pgboss.job where name = 'invitation.mail' and state < 'completed'`,
    );
    arranged((spent?.touched ?? 0) > 0, 'mails that were tried in vain');
    const outage = (Date.now() - begun) / 1000;
    await mailroom.setSwitches({});
    const backAt = Date.now();
    const isOver = await comesTrue(async () => (await waiting(world, 'invitation.mail')) === 0, 300_000, 250);
    const drained = (Date.now() - backAt) / 1000;
    findings.holds(isOver, 'mails still wait five minutes after the provider is back');
    let twice = 0;
    for (const one of invited) {
      const mails = await mailroom.emails({ to: one.email });
      findings.holds(mails.length > 0, `the mail of invitation ${one.id} never left`);
      twice += Math.max(0, mails.length - 1);
      const links = new Set(mails.map(linkIn));
      findings.holds(links.size <= 1, `the mails of invitation ${one.id} carry ${links.size} links`);
    }
    const arrives = await comesTrue(
      async () =>
        (await Promise.all(invited.map(shownNow))).every(({ delivery }) => delivery === 'delivered'),
      30_000,
      500,
    );
    findings.holds(arrives, 'a mail that left is not shown as delivered');
    findings.note(
      `${invited.length} invitations in ${outage.toFixed(0)} s without a mail provider, ${spent?.tries ?? 0} tries in vain: ` +
        `all mailed ${drained.toFixed(1)} s after it was back, ${twice} of them twice because it had hung`,
    );
    return findings.outcome;
  },
};
