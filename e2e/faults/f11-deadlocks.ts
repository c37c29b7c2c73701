import { randomUUID } from 'node:crypto';
import { newPair } from '../attacks/means/cast.ts';
import { comesTrue } from '../attacks/means/target.ts';
import { codeOf } from '../attacks/means/wire.ts';
import { arranged, type Fault, Findings } from './fault.ts';
import { hold } from './means/holding.ts';
import { tryMessage } from './means/traffic.ts';

/** Each message that is written is told once that it stood in another transaction's way. */
const clash = `
  create sequence fault_clashes;
  grant usage on sequence fault_clashes to public;
  create function fault_clash() returns trigger language plpgsql as $$
  begin
    if nextval('fault_clashes') % 2 = 1 then
      raise exception 'could not serialize access' using errcode = '40001';
    end if;
    return new;
  end $$;
  create trigger fault_clash before insert on messages for each row execute function fault_clash()`;
const noClash =
  'drop trigger fault_clash on messages; drop function fault_clash(); drop sequence fault_clashes';

/** Transactions that cross: a deadlock of which the API's is the victim, and serialization errors. */
export const deadlocks: Fault = {
  id: 'F11',
  title: 'Deadlocks and serialization errors',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.further();
    const ledger = ground.ledgerOf(world);
    const pair = await newPair(world);
    const { patient, talkId } = pair;
    const statuses = new Map<string, number>();
    let victims = 0;

    /** Sends until it is acknowledged. @param between done after the first refusal */
    async function send(text: string, between?: () => Promise<void>): Promise<void> {
      const key = randomUUID();
      for (let round = 0; round < 8; round += 1) {
        const { answer } = await tryMessage(patient, talkId, text, key);
        const what =
          `${answer?.status ?? 'cut'} ${answer && answer.status >= 300 ? codeOf(answer) : ''}`.trim();
        statuses.set(what, (statuses.get(what) ?? 0) + 1);
        if (answer?.status === 201) {
          ledger.message(pair, 'patient', (JSON.parse(answer.text) as { id: string }).id, text);
          return;
        }
        findings.holds(
          answer?.status === 409 && answer.headers['retry-after'] !== undefined,
          `a clash is answered with ${what}`,
        );
        await between?.();
      }
      findings.holds(false, 'a message was never acknowledged');
    }

    for (let round = 0; round < ground.size(10, 3); round += 1) {
      // The message updates its talk and then waits for the audit; whoever holds the audit waits for the talk.
      const other = await hold(world.ownerUrl, 'lock table audit_events in share row exclusive mode');
      const sending = send(`A message that crosses another, ${randomUUID()}.`, other.release);
      const isWaiting = await comesTrue(
        () =>
          world.database
            .count(`select count(*) from pg_locks where relation = 'audit_events'::regclass and not granted`)
            .then((waiting) => waiting > 0),
        3000,
        20,
      );
      arranged(isWaiting, 'a message that waits for the audit');
      const mine = await other.rows('update talks set case_id = case_id where id = $1', [talkId]).then(
        () => 'the message',
        () => 'the other',
      );
      if (mine === 'the message') victims += 1;
      await other.release();
      await sending;
    }
    arranged(victims > 0, 'a deadlock of which the API is the victim');

    await world.database.rows(clash);
    for (let round = 0; round < ground.size(20, 5); round += 1)
      await send(`A message that clashes, ${randomUUID()}.`);
    await world.database.rows(noClash);
    const log = [...statuses].map(([what, times]) => `${times} × ${what}`).join(', ');
    findings.note(`${victims} deadlocks with the API as victim; ${log}`);
    findings.holds(!log.includes('500'), `answers with 500: ${log}`);
    return findings.outcome;
  },
};
