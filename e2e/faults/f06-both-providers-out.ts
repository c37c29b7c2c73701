import { setTimeout as delay } from 'node:timers/promises';
import { newPair, openCase, type Pair } from '../attacks/means/cast.ts';
import { newInvitee, openInvitation } from '../attacks/means/flows.ts';
import { percentile } from '../attacks/means/statistics.ts';
import { comesTrue } from '../attacks/means/target.ts';
import type { World } from '../attacks/world.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import type { Ledger } from './ledger.ts';
import { type Invited, Inviters, shownNow, tryProvidersNow, waiting } from './means/inviting.ts';

/** Milliseconds by which a p99 of a thousand requests differs from run to run where nothing has changed. */
const noise = 15;

interface Timed {
  readonly invited: readonly Invited[];
  /** Milliseconds that inviting, and reading in between, took. */
  readonly inviting: readonly number[];
  readonly reading: readonly number[];
}

/** Invites one after the other, and somebody else reads in between. */
async function inviteAll(
  inviters: Inviters,
  { patient, talkId }: Pair,
  count: number,
  ledger: Ledger,
): Promise<Timed> {
  const invited: Invited[] = [];
  const reading: number[] = [];
  for (let made = 0; made < count; made += 1) {
    const one = await inviters.invite();
    ledger.invitation(one, one.id);
    invited.push(one);
    const read = await patient.ask({ path: `/v1/talks/${talkId}/messages` });
    if (read.status === 200) reading.push(read.took);
    // Fewer than a person may read in a minute.
    if (read.status === 429) await delay(1000);
  }
  return { invited, inviting: invited.map(({ took }) => took), reading };
}

/** Half a minute goes by for providers that are left alone and for jobs that wait: one job tries, the others do not. */
async function passHalfAMinute(world: World): Promise<void> {
  await world.database.rows(
    `update pgboss.job set start_after = start_after - interval '30 seconds' where state = 'retry'`,
  );
  await tryProvidersNow(world);
  const isDue = () =>
    world.database.count(
      'select count(*) from provider_circuits where opened_at is not null and probe_at <= now()',
    );
  await comesTrue(async () => (await isDue()) === 0, 10_000, 50);
}

/** Of a hundred mails how many left within so many places of where they stood in the queue. */
function inOrder(invited: readonly Invited[], mailed: readonly string[], places: number): number {
  const placeOf = new Map(mailed.map((email, place) => [email, place]));
  const near = invited.filter(
    ({ email }, place) => Math.abs((placeOf.get(email) ?? Number.POSITIVE_INFINITY) - place) <= places,
  );
  return (100 * near.length) / invited.length;
}

/** Nobody who works with the product notices an outage of the providers, and all that waited leaves in its order. */
export const bothProvidersOut: Fault = {
  id: 'F6',
  title: 'Mail and phone providers out for an hour, a thousand invitations',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.further();
    const { mailroom, database } = world;
    const ledger = ground.ledgerOf(world);
    const pair = await newPair(world.target);
    const inviters = new Inviters(world);
    const before = await inviteAll(inviters, pair, ground.size(300, 40), ledger);
    arranged(
      await comesTrue(async () => (await waiting(world, 'invitation.mail')) === 0, 60_000),
      'mails that leave while all is well',
    );

    const away = { answer: 'down' } as const;
    const begun = Date.now();
    await mailroom.setSwitches({ everyone: { email: away, text: away, call: away } });
    const during = await inviteAll(inviters, pair, ground.size(1000, 80), ledger);
    const onTheClock = ground.size(600_000, 20_000);
    await delay(Math.max(0, begun + onTheClock - Date.now()));
    const moved = ground.size(100, 6);
    for (let half = 0; half < moved; half += 1) await passHalfAMinute(world);
    const minutes = (Date.now() - begun) / 60_000 + moved / 2;
    const [queue] = await database.rows<{ waiting: number; untouched: number; dead: number }>(
      `select count(*) filter (where name = 'invitation.mail' and state < 'completed')::int as waiting,
         count(*) filter (where name = 'invitation.mail' and state = 'created')::int as untouched,
         count(*) filter (where name = 'dead')::int as dead from pgboss.job`,
    );
    findings.holds(queue?.waiting === during.invited.length, `${queue?.waiting} of the mails still wait`);
    findings.holds(queue?.dead === 0, `${queue?.dead} jobs were given up`);

    for (const kind of ['inviting', 'reading'] as const) {
      const [well, out] = [percentile(before[kind], 99), percentile(during[kind], 99)];
      findings.holds(
        out < Math.max(well * 1.1, well + noise),
        `p99 of ${kind} was ${well.toFixed(0)} ms and is ${out.toFixed(0)} ms`,
      );
      findings.note(`p99 of ${kind}: ${well.toFixed(0)} ms before, ${out.toFixed(0)} ms during the outage`);
    }

    await mailroom.setSwitches({});
    const backAt = Date.now();
    const isOver = await comesTrue(async () => (await waiting(world, 'invitation.mail')) === 0, 300_000, 250);
    const drained = (Date.now() - backAt) / 1000;
    findings.holds(isOver, 'mails still wait five minutes after the providers are back');
    const wanted = new Set(during.invited.map(({ email }) => email));
    const mailed = (await mailroom.emails())
      .toReversed()
      .map(({ to }) => to)
      .filter((to) => wanted.has(to));
    findings.holds(
      new Set(mailed).size === wanted.size,
      `${wanted.size - new Set(mailed).size} mails never left`,
    );
    findings.holds(mailed.length === wanted.size, `${mailed.length - wanted.size} mails left twice`);
    const ordered = inOrder(during.invited, mailed, 25);
    findings.holds(ordered >= 90, `only ${ordered.toFixed(0)} % left in their order`);
    const last = during.invited.at(-1) as Invited;
    const isShown = await comesTrue(async () => (await shownNow(last)).delivery === 'delivered', 20_000);
    findings.holds(isShown, 'a mail that left is not shown as delivered');
    findings.note(
      `${during.invited.length} invitations, ${minutes.toFixed(0)} minutes without providers (${(moved / 2).toFixed(0)} of them moved in the ` +
        `database), ${queue?.untouched} jobs untouched: all mailed once, ${drained.toFixed(0)} s after they were back, ` +
        `${ordered.toFixed(0)} % within 25 places of their order`,
    );
    await codesStillLeave(world, pair, findings);
    return findings.outcome;
  },
};

async function codesStillLeave(world: World, { doctor }: Pair, findings: Findings): Promise<void> {
  const invitee = newInvitee();
  const { browser } = await openInvitation(world.target, doctor, await openCase(doctor), invitee);
  await browser.send('POST', '/v1/registrations/current/verification', { methodId: 'mobile-text' });
  const arrives = comesTrue(
    async () => (await world.mailroom.texts({ to: invitee.mobile })).length > 0,
    60_000,
    250,
  );
  findings.holds(await arrives, 'codes do not leave after the outage');
}
