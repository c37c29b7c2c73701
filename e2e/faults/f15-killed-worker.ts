import { setTimeout as delay } from 'node:timers/promises';
import { comesTrue } from '../attacks/means/target.ts';
import { linkIn } from '../support/mail.ts';
import { type Fault, Findings } from './fault.ts';
import { Inviters } from './means/inviting.ts';

/** Each kill comes at another moment after the worker was started, at most so late, in milliseconds. */
const longest = 2500;

/** The worker is killed outright again and again while invitations are written; their mail goes out all the same. */
export const killedWorker: Fault = {
  id: 'F15',
  title: 'The worker is killed while mail goes out',
  async run(ground) {
    const findings = new Findings();
    const world = await ground.product();
    const ledger = ground.ledgerOf(world);
    const inviters = new Inviters(world);
    const kills = ground.size(100, 8);
    const invited: string[] = [];
    let hasEnded = false;

    async function goOnInviting(): Promise<void> {
      while (!hasEnded) {
        const one = await inviters.invite();
        ledger.invitation(one, one.id);
        invited.push(one.email);
        await delay(400 + Math.random() * 600);
      }
    }

    const inviting = goOnInviting();
    inviting.catch(() => undefined);
    for (let kill = 0; kill < kills; kill += 1) {
      await delay(400 + Math.random() * (longest - 400));
      await ground.crash(world, 'worker');
    }
    const over = performance.now();
    hasEnded = true;
    await inviting;
    const mails = async (email: string) => world.mailroom.emails({ to: email });
    const waiting = new Set(invited);
    await comesTrue(
      async () => {
        for (const email of waiting) if ((await mails(email)).length > 0) waiting.delete(email);
        return waiting.size === 0;
      },
      90_000,
      250,
    );
    const pickedUp = (performance.now() - over) / 1000;
    let duplicates = 0;
    let different = 0;
    for (const email of invited) {
      const sent = await mails(email);
      duplicates += Math.max(0, sent.length - 1);
      if (new Set(sent.map(linkIn)).size > 1) different += 1;
    }
    findings.holds(waiting.size === 0, `${waiting.size} of ${invited.length} invitations were never sent`);
    findings.holds(pickedUp < 60, `the last one left ${Math.round(pickedUp)} s after the last kill`);
    findings.holds(duplicates <= kills, `${duplicates} mails too many after ${kills} kills`);
    findings.holds(different === 0, `${different} invitations went out with two different links`);
    findings.note(
      `${kills} kills, ${invited.length} invitations: ${waiting.size} never sent, ${duplicates} sent twice, the last one ${pickedUp.toFixed(1)} s after the last kill`,
    );
    return findings.outcome;
  },
};
