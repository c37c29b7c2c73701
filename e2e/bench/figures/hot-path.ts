import { newIdempotencyKey } from '@casetalk/client';
import { type Comparison, compare, type Contender } from '../load/rounds.ts';
import { type Shot, targetOf } from '../load/requests.ts';
import { messageText } from '../world/message-text.ts';
import { headersOf, readSignedIn } from '../world/signed-in.ts';
import type { World } from '../world/world.ts';
import { asRatio, type Figure, type Row } from './figure.ts';

const json = { 'content-type': 'application/json' };
const body = JSON.stringify({ text: messageText });

/** The product and the bare server with the same work to do: a message sent, or the newest fifty of a talk. */
async function contenders(
  world: World,
  act: 'send' | 'list',
): Promise<[bare: Contender, product: Contender]> {
  const { connections } = world.options;
  const product = await world.product('large');
  const bare = await world.bare();
  const people = await readSignedIn(product.adminUrl);
  const bareTalk = (): string =>
    `/talks/${bare.talkIds[Math.floor(Math.random() * bare.talkIds.length)]}/messages`;
  const shots: Record<typeof act, { bare: () => Shot; product: () => Shot }> = {
    send: {
      bare: () => ({ method: 'POST', path: bareTalk(), headers: json, body }),
      product: () => {
        const seat = people.anySeat();
        return {
          method: 'POST',
          path: `/v1/talks/${seat.talkId}/messages`,
          headers: { ...headersOf(seat), ...json, 'idempotency-key': newIdempotencyKey() },
          body,
        };
      },
    },
    list: {
      bare: () => ({ method: 'GET', path: bareTalk(), headers: {} }),
      product: () => {
        const seat = people.anySeat();
        return {
          method: 'GET',
          path: `/v1/talks/${seat.talkId}/messages?limit=50`,
          headers: headersOf(seat),
        };
      },
    },
  };
  return [
    { target: targetOf(bare.url, connections), next: shots[act].bare, pid: bare.pid },
    { target: targetOf(product.url, connections), next: shots[act].product, pid: product.pid },
  ];
}

const describe = ({ perSecond, p50, p99, appTime, databaseTime }: Comparison['first']): string =>
  `${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ` +
  `processor ${appTime.toFixed(2)} + ${databaseTime.toFixed(2)} ms`;

function hotPath(act: 'send' | 'list', title: string, floor: number, goal: number): Figure {
  return {
    name: act,
    async measure(world): Promise<Row[]> {
      const { rounds, roundMilliseconds, connections } = world.options;
      const [bare, product] = await contenders(world, act);
      const { pid } = await world.postgres();
      world.say(`Measuring ${act} …`);
      const course = { rounds, roundMilliseconds, connections, postgresPid: pid };
      const { ratio, range, first, second } = await compare(bare, product, course);
      bare.target.agent.destroy();
      product.target.agent.destroy();
      const processor = (first.appTime + first.databaseTime) / (second.appTime + second.databaseTime);
      return [
        {
          figure: title,
          value: ratio,
          measured: `${asRatio(ratio)} (rounds ${range.map(asRatio).join(' to ')}; by processor time ${asRatio(processor)})`,
          target: { direction: 'at least', floor, goal, write: asRatio },
        },
        { figure: '  bare', measured: describe(first) },
        { figure: '  product', measured: describe(second) },
      ];
    },
  };
}

export const sendFigure: Figure = hotPath('send', 'send, everything on / bare', 0.33, 0.5);
export const listFigure: Figure = hotPath('list', 'list of 50, everything on / bare', 0.3, 0.5);
