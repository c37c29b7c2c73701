import { randomUUID } from 'node:crypto';
import { newPair, openCase, type Pair, say } from '../attacks/means/cast.ts';
import { type Caller, signIn } from '../attacks/means/caller.ts';
import { nextCode } from '../attacks/means/codes.ts';
import { newInvitee, openInvitation } from '../attacks/means/flows.ts';
import { dataOf } from '../attacks/means/wire.ts';
import type { World } from '../attacks/world.ts';
import { type Fault, Findings } from './fault.ts';
import type { Ledger } from './ledger.ts';
import { openClock } from './means/clock.ts';

const minute = 60;
const hour = 60 * minute;
const year = 365 * 24 * hour;
const nameOf = (seconds: number): string =>
  `${seconds < 0 ? '−' : '+'}${Math.abs(seconds) >= year ? '1 year' : `${Math.abs(seconds) / minute} min`}`;

const session = (caller: Caller) => caller.ask({ path: '/v1/sessions/current' });

/** A registration that waits for its code. @returns gives a code, and tells what came of it */
async function waitingForCode(world: World, { doctor }: Pair) {
  const invitee = newInvitee();
  const { browser } = await openInvitation(world, doctor, await openCase(doctor), invitee);
  const code = await nextCode(world, invitee.mobile, () =>
    browser.send('POST', '/v1/registrations/current/verification', { methodId: 'mobile-text' }),
  );
  return {
    give: async (): Promise<number> =>
      (await browser.send('POST', '/v1/registrations/current/verification/attempts', { code })).status,
    /** Its ten minutes are over by PostgreSQL's clock. */
    age: () =>
      world.database.rows(
        `update verifications set created_at = created_at - interval '11 minutes', last_sent_at = last_sent_at - interval '11 minutes', expires_at = expires_at - interval '11 minutes'
         where id = (select id from verifications order by created_at desc limit 1)`,
      ),
  };
}

/** A message by one of them, which stands in the ledger. @returns its id */
async function write(ledger: Ledger, pair: Pair, side: 'doctor' | 'patient', about: string): Promise<string> {
  const text = `${about}, ${randomUUID()}.`;
  const id = await say(pair[side], pair.talkId, text);
  ledger.message(pair, side, id, text);
  return id;
}

/** The clock of API and worker jumps while everything runs: nothing that ends by time may end earlier or later for it. */
export const jumpingClock: Fault = {
  id: 'F23',
  title: 'The clock of API and worker jumps',
  async run(ground) {
    const findings = new Findings();
    const { world, jump } = await openClock(ground);
    const ledger = ground.ledgerOf(world);
    const pair = await newPair(world);
    const jumps = [15 * minute, -hour, year];
    for (const seconds of jumps) {
      await world.passAnHour();
      const where = nameOf(seconds);
      await jump(0);
      const before = dataOf(await session(pair.patient)) as { expiresAt: string };
      const good = await waitingForCode(world, pair);
      await jump(seconds);
      for (const side of ['doctor', 'patient'] as const) {
        const { status, text } = await session(pair[side]);
        findings.holds(status === 200, `${where}: the ${side}’s session is answered with ${status}`);
        if (side === 'patient' && status === 200)
          findings.holds(
            (JSON.parse(text) as { expiresAt: string }).expiresAt === before.expiresAt,
            `${where}: the session ends at another time`,
          );
      }
      const given = await good.give();
      findings.holds(given < 300, `${where}: a code of just now is answered with ${given}`);
      const late = await waitingForCode(world, pair);
      await late.age();
      const refused = await late.give();
      findings.holds(
        refused >= 400 && refused < 500,
        `${where}: a code of eleven minutes ago is answered with ${refused}`,
      );
      for (const account of [pair.doctorAccount, pair.patientAccount]) {
        const came = await signIn(world, account).then(
          () => true,
          () => false,
        );
        findings.holds(came, `${where}: the ${account.portal} cannot sign in`);
      }
      await write(ledger, pair, 'patient', `Written at ${where}`);
      // Idle for longer than patients may be, by PostgreSQL's clock.
      const idle = await signIn(world, pair.patientAccount);
      const { sessionId } = dataOf(await session(idle)) as { sessionId: string };
      await world.database.rows(
        `update sessions set last_seen_at = now() - interval '31 minutes' where id = $1`,
        [sessionId],
      );
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const { status } = await session(idle);
      findings.holds(
        status === 401,
        `${where}: a session that was idle for 31 minutes is answered with ${status}`,
      );
    }
    await jump(0);
    findings.note(`jumps of ${jumps.map(nameOf).join(', ')}: sessions, codes and sign-ins as before`);
    return findings.outcome;
  },
};

/** PostgreSQL's clock is behind the API's, and at times ahead of it: order and ends are PostgreSQL's. */
export const databaseClockBehind: Fault = {
  id: 'F24',
  title: 'PostgreSQL’s clock is behind the API’s',
  async run(ground) {
    const findings = new Findings();
    const { world, jump } = await openClock(ground);
    const ledger = ground.ledgerOf(world);
    const pair = await newPair(world);
    const { doctor, talkId } = pair;
    const written: string[] = [];
    const offsets = [2 * hour, -2 * hour, 15 * minute, -minute, 0].slice(0, ground.size(5, 3));
    for (const seconds of offsets) {
      await jump(seconds);
      for (const side of ['doctor', 'patient', 'patient', 'doctor'] as const)
        written.push(await write(ledger, pair, side, `Written at ${nameOf(seconds)}`));
      const caseId = await openCase(doctor);
      const email = `clock-${randomUUID().slice(0, 13)}@example.com`;
      const made = dataOf(await doctor.send('POST', `/v1/cases/${caseId}/invitations`, { email })) as {
        id: string;
        createdAt: string;
        expiresAt: string;
      };
      ledger.invitation(pair, made.id);
      const off = Math.abs(Date.parse(made.createdAt) - Date.now()) / 1000;
      findings.holds(off < minute, `${nameOf(seconds)}: an invitation is dated ${Math.round(off)} s away`);
      const days = (Date.parse(made.expiresAt) - Date.now()) / 86_400_000;
      findings.holds(Math.abs(days - 7) < 0.01, `${nameOf(seconds)}: an invitation ends after ${days} days`);
      const mail = await world.mailroom.nextEmail({ to: email, timeoutMs: 30_000 }).catch(() => undefined);
      findings.holds(mail !== undefined, `${nameOf(seconds)}: an invitation’s mail does not leave`);
    }
    const read: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const from = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = dataOf(await doctor.ask({ path: `/v1/talks/${talkId}/messages?limit=3${from}` })) as {
        data: { id: string }[];
        nextCursor: string | null;
      };
      read.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    const inOrder = read.toReversed().filter((id) => written.includes(id));
    findings.holds(
      inOrder.join() === written.join(),
      'the messages stand in another order than they were written in',
    );
    findings.note(
      `${written.length} messages at offsets of ${offsets.map(nameOf).join(', ')}: in their order, page by page`,
    );
    return findings.outcome;
  },
};
