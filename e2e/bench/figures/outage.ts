import { setTimeout as delay } from 'node:timers/promises';
import { postOffice } from '../world/post-office.ts';
import { inviteMany } from '../world/invitations.ts';
import { pace, type Shot, targetOf } from '../load/requests.ts';
import { median, percentile } from '../load/statistics.ts';
import { headersOf, readSignedIn, type SignedIn } from '../world/signed-in.ts';
import type { World } from '../world/world.ts';
import { asCount, asMilliseconds, asSeconds, asTimes, type Figure, type Row } from './figure.ts';

const perSecond = 100;
const away = { answer: 'down' } as const;

const read = (people: SignedIn) => (): Shot => {
  const seat = people.anySeat();
  return { method: 'GET', path: `/v1/talks/${seat.talkId}/messages?limit=50`, headers: headersOf(seat) };
};

/** @returns the 99th percentile of so many requests, in milliseconds */
async function p99(url: string, people: SignedIn, milliseconds: number): Promise<number> {
  const target = targetOf(url, 64);
  const answers = await pace(target, read(people), { perSecond, milliseconds });
  target.agent.destroy();
  const refused = answers.find(({ status }) => status !== 200);
  if (refused) throw new Error(`A request was answered with ${refused.status}.`);
  return percentile(
    answers.map(({ latency }) => latency),
    99,
  );
}

/** Does it so often, evenly over a time. */
async function spread(times: number, milliseconds: number, work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  for (let time = 1; time <= times; time += 1) {
    await work();
    await delay(Math.max(0, start + (milliseconds * time) / times - performance.now()));
  }
}

/** How a thousand invitations that wait for absent providers weigh on everybody else, and how soon and often they leave. */
export const outageFigure: Figure = {
  name: 'outage',
  heavy: true,
  async measure(world: World): Promise<Row[]> {
    const { rounds, roundMilliseconds, outage } = world.options;
    const product = await world.product('small');
    const office = await postOffice(world, product);
    try {
      const people = () => readSignedIn(product.adminUrl);
      const measure = async (into: number[]) => {
        into.push(await p99(product.url, await people(), roundMilliseconds));
      };
      world.say(`Measuring outage: ${asSeconds(outage.milliseconds / 1000)} without providers …`);
      const [warmUp, usual, without]: [number[], number[], number[]] = [[], [], []];
      await measure(warmUp);
      for (let round = 0; round < rounds; round += 1) await measure(usual);

      await office.client.setSwitches({ everyone: { email: away, text: away, call: away } });
      const begun = performance.now();
      const emails = await inviteMany(product, await people(), outage.invitations);
      const left = outage.milliseconds - (performance.now() - begun);
      await spread(rounds, left, () => measure(without));

      await office.client.setSwitches({});
      const back = performance.now();
      const isDrained = async () => (await office.sent()).size >= emails.length;
      while (!(await isDrained()) && performance.now() - back < 600_000) await delay(200);
      const seconds = (performance.now() - back) / 1000;
      // Whatever leaves a second time does so within the patience of a job.
      await delay(35_000);
      const sent = await office.sent();
      const wrong = emails.filter((email) => sent.get(email) !== 1).length;
      const ratio = median(without) / median(usual);
      return [
        {
          figure: `others' p99 while ${asCount(emails.length)} invitations wait for absent providers`,
          value: ratio,
          measured: `${asTimes(ratio)} (${asMilliseconds(median(usual))} → ${asMilliseconds(median(without))})`,
          target: { direction: 'at most', floor: 1.1, goal: 1.05, write: asTimes },
        },
        {
          figure: '  all sent after the providers are back',
          value: seconds,
          measured: asSeconds(seconds),
          target: { direction: 'at most', floor: 300, goal: 60, write: asSeconds },
        },
        {
          figure: '  sent not at all, or more than once',
          value: wrong,
          measured: `${asCount(wrong)} of ${asCount(emails.length)}`,
          target: { direction: 'at most', floor: 0, goal: 0, write: asCount },
        },
      ];
    } finally {
      await office.close();
    }
  },
};
