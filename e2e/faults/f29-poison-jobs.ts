import { newPair, openCase } from '../attacks/means/cast.ts';
import { newInvitee, openInvitation } from '../attacks/means/flows.ts';
import { comesTrue } from '../attacks/means/target.ts';
import { dataOf } from '../attacks/means/wire.ts';
import type { World } from '../attacks/world.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { Inviters, shownNow } from './means/inviting.ts';
import { logSince } from './means/log.ts';

/** Waits between tries go by at once. @param id what the job's payload names */
const passWaits = ({ database }: World, id: string): Promise<unknown> =>
  database.rows(
    `update pgboss.job set start_after = now() where state = 'retry' and start_after > now()
     and data::text like '%' || $1 || '%'`,
    [id],
  );

interface Letter {
  readonly job: string;
  readonly tries: number;
}

/** The dead letter of a job, once there is one. */
async function letterOf({ database }: World, name: string, id: string): Promise<Letter | undefined> {
  const [row] = await database.rows<Letter>(
    `select d.source_name as job,
       (select retry_count + 1 from pgboss.job j where j.name = $1 and j.data::text like '%' || $2 || '%' limit 1)::int as tries
     from pgboss.job d where d.name = 'dead' and d.source_name = $1 and d.data::text like '%' || $2 || '%'`,
    [name, id],
  );
  return row;
}

/** Lets a job that always throws use up its tries. @returns its dead letter */
async function untilGivenUp(world: World, name: string, id: string): Promise<Letter | undefined> {
  await comesTrue(
    async () => {
      await passWaits(world, id);
      return (await letterOf(world, name, id)) !== undefined;
    },
    240_000,
    200,
  );
  return letterOf(world, name, id);
}

/** A code whose seal does not open: every try of its job throws. */
async function poisonCode(world: World): Promise<string> {
  const { doctor } = await newPair(world.target);
  const { browser } = await openInvitation(world.target, doctor, await openCase(doctor), newInvitee());
  await world.database.rows(
    `create function fault_spoil() returns trigger language plpgsql as $$
     begin new.sealed_code = set_bit(new.sealed_code, 100, 1 - get_bit(new.sealed_code, 100)); return new; end $$`,
  );
  await world.database.rows(
    'create trigger fault_spoil before insert on verifications for each row execute function fault_spoil()',
  );
  try {
    const { id } = dataOf(
      await browser.send('POST', '/v1/registrations/current/verification', { methodId: 'mobile-text' }),
    ) as { id: string };
    return id;
  } finally {
    await world.database.rows('drop function fault_spoil() cascade');
  }
}

/** Mails to this address are refused by the database in every try of their job. */
async function poisonMail({ database }: World, inviters: Inviters) {
  await database.rows(
    `create function fault_poison() returns trigger language plpgsql as $$
     begin
       if exists (select from invitations where id = new.invitation_id and email like 'poison-%') then
         raise exception 'poison' using errcode = '22023';
       end if;
       return new;
     end $$`,
  );
  await database.rows(
    'create trigger fault_poison before insert on deliveries for each row execute function fault_poison()',
  );
  return inviters.invite(`poison-${crypto.randomUUID().slice(0, 13)}@example.com`);
}

/** A job that can never be done holds up nobody else, comes to its end, and is told to whoever runs the product. */
export const poisonJobs: Fault = {
  id: 'F29',
  title: 'A job that throws in every try',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.further();
    const log = await logSince(world);
    const inviters = new Inviters(world);
    const ledger = ground.ledgerOf(world);

    const poisoned = await poisonMail(world, inviters);
    const others = ground.size(100, 15);
    const begun = Date.now();
    for (let made = 0; made < others; made += 1) {
      const one = await inviters.invite();
      ledger.invitation(one, one.id);
      if (made < others - 1) continue;
      const moves = await comesTrue(async () => (await shownNow(one)).delivery === 'delivered', 15_000);
      findings.holds(moves, 'the queue does not move past a job that throws');
    }
    const moved = (Date.now() - begun) / 1000;
    const left = await world.database.count(
      `select count(*) from pgboss.job where name = 'invitation.mail' and state < 'completed'`,
    );
    arranged(left === 1, `one job that is tried again, not ${left}`);

    const codeId = await poisonCode(world);
    const letters = [
      { name: 'invitation.mail', id: poisoned.id, most: 23 },
      { name: 'code.send', id: codeId, most: 11 },
    ];
    for (const { name, id, most } of letters) {
      const letter = await untilGivenUp(world, name, id);
      findings.holds(letter !== undefined, `the job ${name} is never given up`);
      findings.holds(letter?.tries === most, `the job ${name} was given up after ${letter?.tries} tries`);
      findings.note(`${name}: a dead letter after ${letter?.tries} tries`);
    }
    const isShown = await comesTrue(async () => (await shownNow(poisoned)).delivery === 'failed', 15_000);
    findings.holds(isShown, 'the clinician still sees a mail that was given up as on its way');
    const isTold = await comesTrue(
      async () => (await log()).some((line) => line.includes('2 dead letters wait for somebody')),
      90_000,
      250,
    );
    findings.holds(isTold, 'nobody is told of the dead letters');
    const tries = (await log()).filter((line) => line.includes('job code.send ')).length;
    findings.holds(tries >= 11, `${tries} of 11 failed tries of the code are in the log`);
    findings.note(
      `meanwhile ${others} mails were made and left in ${moved.toFixed(1)} s (waits between tries moved)`,
    );
    await world.database.rows('drop function fault_poison() cascade');
    return findings.outcome;
  },
};
