import { limits } from '@casetalk/contract';
import type { Caller } from '../attacks/means/caller.ts';
import { newPair, openCase, type Pair } from '../attacks/means/cast.ts';
import { type Invitee, newInvitee, openInvitation } from '../attacks/means/flows.ts';
import { comesTrue } from '../attacks/means/target.ts';
import { dataOf, freshNetwork } from '../attacks/means/wire.ts';
import type { World } from '../attacks/world.ts';
import { codeHeardIn, codeIn } from '../support/mail.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { tryProvidersNow, waiting } from './means/inviting.ts';

interface Registration {
  readonly step: string;
  readonly methods: readonly { readonly id: string }[];
  readonly verification: {
    readonly id: string;
    readonly state: string;
    readonly triesLeft: number;
  } | null;
}

/** An invitee at the screen on which the code is asked for. */
interface AtCode {
  readonly browser: Caller;
  readonly invitee: Invitee;
}

/** Invitees live apart: what bounds one network bounds none of them. */
async function openFlow(world: World, { doctor }: Pair): Promise<AtCode> {
  const invitee = newInvitee();
  const caseId = await openCase(doctor);
  const { browser } = await openInvitation(world.target, doctor, caseId, invitee, '', freshNetwork());
  return { browser, invitee };
}

const askForCode = ({ browser }: AtCode, methodId: string) =>
  browser.send('POST', '/v1/registrations/current/verification', { methodId });
const shownTo = async ({ browser }: AtCode): Promise<Registration> =>
  dataOf(await browser.ask({ path: '/v1/registrations/current' })) as Registration;
const submit = ({ browser }: AtCode, code: string) =>
  browser.send('POST', '/v1/registrations/current/verification/attempts', { code });

/** The half minute between two codes goes by. */
const passCoolDown = ({ database }: World): Promise<unknown> =>
  database.rows(`update verifications set last_sent_at = last_sent_at - interval '31 seconds'`);

/**
 * Whether a code was tried in vain and waits; its next try is then some seconds away. What is under way already would be
 * heard by the provider in the moment in which the time is moved; as time goes by itself, five seconds are kept for it.
 */
async function isBetweenTries({ database }: World, verificationId: string): Promise<boolean> {
  const waits = await database.rows(
    `update pgboss.job set start_after = now() + interval '3 seconds'
     where name = 'code.send' and state = 'retry' and data->>'verificationId' = $1 returning id`,
    [verificationId],
  );
  return waits.length > 0;
}

async function outOf(world: World, pair: Pair, answer: 'serverError' | 'hang' | 'down', findings: Findings) {
  const { mailroom, database } = world;
  const [dead, live] = [await openFlow(world, pair), await openFlow(world, pair)];
  const textsBefore = new Map<AtCode, number>();
  for (const one of [dead, live])
    textsBefore.set(one, (await mailroom.texts({ to: one.invitee.mobile })).length);
  await mailroom.setSwitches({ everyone: { text: { answer }, call: { answer } } });
  const took: number[] = [];
  for (const one of [dead, live]) {
    const sent = await askForCode(one, 'mobile-text');
    took.push(sent.took);
    findings.holds(sent.status === 202, `asking for a code was answered with ${sent.status}`);
    const shown = await shownTo(one);
    findings.holds(
      shown.methods.some(({ id }) => id === 'mobile-call'),
      'no call is offered instead of a text',
    );
    findings.holds(
      shown.verification?.state === 'sending',
      `the code is called ${shown.verification?.state}`,
    );
  }
  const { verification } = await shownTo(dead);
  arranged(verification !== null, 'a code on its way');
  arranged(
    await comesTrue(() => isBetweenTries(world, verification.id), 15_000),
    'a code between a try in vain and the next one',
  );
  // Ten minutes go by for one of the two.
  await database.rows('update verifications set expires_at = now() where id = $1', [verification.id]);
  await mailroom.setSwitches({});
  const backAt = Date.now();
  await tryProvidersNow(world);
  const isOver = await comesTrue(async () => (await waiting(world, 'code.send')) === 0, 60_000);
  findings.holds(isOver, 'codes still wait a minute after the provider is back');
  // One that hangs takes the message before it keeps silent, and the time to do so was before the code ran out.
  const most = answer === 'hang' ? 1 : 0;
  const late = (await mailroom.texts({ to: dead.invitee.mobile })).filter(
    ({ receivedAt }) => Date.parse(receivedAt) > backAt,
  );
  findings.holds(
    late.length === 0,
    `a code that had run out was sent ${late.length} times after it had answered ${answer}`,
  );
  const arrived = (await mailroom.texts({ to: live.invitee.mobile })).length - (textsBefore.get(live) ?? 0);
  findings.holds(
    arrived >= 1 && arrived <= 2 + most,
    `a living code left ${arrived} times once the provider was back`,
  );
  return Math.max(...took);
}

/** Asking for a code waits for no provider, and a code that ran out meanwhile never leaves. */
export const phoneProviderOut: Fault = {
  id: 'F4',
  title: 'The phone provider fails, hangs or cuts the line',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.product();
    ground.undo(() => world.mailroom.setSwitches({}));
    const pair = await newPair(world.target);
    const rounds = ground.size(4, 1);
    let slowest = 0;
    for (let round = 0; round < rounds; round += 1) {
      for (const answer of ['serverError', 'hang', 'down'] as const)
        slowest = Math.max(slowest, await outOf(world, pair, answer, findings));
    }
    findings.holds(slowest < 300, `the code screen took ${slowest.toFixed(0)} ms`);
    findings.note(
      `${rounds * 6} codes asked for while it was out: ${slowest.toFixed(0)} ms at most; none left after it had run out`,
    );

    // Texts alone are out: the same person is called instead.
    const one = await openFlow(world, pair);
    const to = one.invitee.mobile;
    await world.mailroom.setSwitchesFor(to, { text: { answer: 'serverError' } });
    arranged((await askForCode(one, 'mobile-text')).status === 202, 'a code by text');
    await passCoolDown(world);
    const before = (await world.mailroom.calls({ to }))[0]?.id;
    findings.holds((await askForCode(one, 'mobile-call')).status === 202, 'the call instead is refused');
    const call = await world.mailroom.nextCall({ to, timeoutMs: 30_000, ...(before && { after: before }) });
    const proved = await submit(one, codeHeardIn(call));
    findings.holds(proved.status === 200, `the code of the call was answered with ${proved.status}`);
    return findings.outcome;
  },
};

/** Messages that were taken and did not arrive. */
const undelivered = [
  { channel: 'text', outcome: 'undelivered' },
  { channel: 'text', outcome: 'blocked' },
  { channel: 'text', outcome: 'fail' },
  { channel: 'call', outcome: 'busy' },
  { channel: 'call', outcome: 'noAnswer' },
  { channel: 'call', outcome: 'fail' },
  { channel: 'call', outcome: 'machine' },
] as const;

async function notArrived(
  world: World,
  pair: Pair,
  { channel, outcome }: (typeof undelivered)[number],
  findings: Findings,
): Promise<void> {
  const one = await openFlow(world, pair);
  const to = one.invitee.mobile;
  await world.mailroom.setSwitchesFor(to, channel === 'text' ? { text: { outcome } } : { call: { outcome } });
  arranged((await askForCode(one, `mobile-${channel}`)).status === 202, `a code by ${channel}`);
  const isSeen = await comesTrue(
    async () => (await shownTo(one)).verification?.state === 'failed',
    20_000,
    100,
  );
  const { verification } = await shownTo(one);
  findings.holds(isSeen, `a ${channel} that ended with ${outcome} is shown as ${verification?.state}`);
  findings.holds(verification?.triesLeft === limits.codeTries, `a ${channel} that did not arrive cost a try`);
  const [told] = await world.database.rows<{ failure: string | null }>(
    'select code_failure as failure from invitations where email = $1',
    [one.invitee.email],
  );
  findings.holds((told?.failure ?? '') !== '', 'the clinician is not told why the code did not arrive');
  // The person asks again, by text, and goes on.
  await world.mailroom.setSwitchesFor(to, {});
  await passCoolDown(world);
  const before = (await world.mailroom.texts({ to }))[0]?.id;
  const again = await askForCode(one, 'mobile-text');
  arranged(
    again.status === 202,
    `a further code after a ${channel} that ended with ${outcome}: ${again.text}`,
  );
  const text = await world.mailroom.nextText({ to, timeoutMs: 30_000, ...(before && { after: before }) });
  const proved = await submit(one, codeIn(text));
  findings.holds(proved.status === 200, `the further code was answered with ${proved.status}`);
}

/** What the provider reports is shown, and costs the person none of their tries. */
export const codesNotDelivered: Fault = {
  id: 'F5',
  title: 'The phone provider is too busy, or reports that a code did not arrive',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.product();
    const { mailroom } = world;
    ground.undo(() => mailroom.setSwitches({}));
    const pair = await newPair(world.target);
    const rounds = ground.size(4, 1);
    for (let round = 0; round < rounds; round += 1) {
      for (const end of undelivered) await notArrived(world, pair, end, findings);

      const busy = await openFlow(world, pair);
      const to = busy.invitee.mobile;
      const before = (await mailroom.texts({ to }))[0]?.id;
      await mailroom.setSwitchesFor(to, { text: { answer: 'tooMany', retryAfterSeconds: 2 } });
      findings.holds(
        (await askForCode(busy, 'mobile-text')).status === 202,
        'a busy provider refuses the person',
      );
      const isTried = await comesTrue(
        async () =>
          (await world.database.count(
            `select count(*) from pgboss.job
             where name = 'code.send' and (state = 'retry' or retry_count > 0) and state < 'completed'`,
          )) > 0,
        // A provider that was left alone a moment ago is tried again after half a minute.
        60_000,
      );
      arranged(isTried, 'a code that the provider was too busy for');
      findings.holds(
        (await shownTo(busy)).verification?.state === 'sending',
        'a code that waits is not shown so',
      );
      await mailroom.setSwitchesFor(to, {});
      const text = await mailroom.nextText({ to, timeoutMs: 60_000, ...(before && { after: before }) });
      const { verification } = await shownTo(busy);
      findings.holds(verification?.triesLeft === limits.codeTries, 'waiting for a busy provider cost a try');
      const proved = await submit(busy, codeIn(text));
      findings.holds(proved.status === 200, `the code that waited was answered with ${proved.status}`);
    }
    findings.note(
      `${rounds * undelivered.length} reports of ${undelivered.length} kinds and ${rounds} refusals for being too many: shown, and no try burned`,
    );
    return findings.outcome;
  },
};
