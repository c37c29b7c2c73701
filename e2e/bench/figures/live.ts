import { randomUUID } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { assertSuccess, send, targetOf } from '../load/requests.ts';
import { percentile } from '../load/statistics.ts';
import { headersOf, readSignedIn, type Seat } from '../world/signed-in.ts';
import { asMilliseconds, type Figure, type Row } from './figure.ts';

const talksAtOnce = 25;
const perSecond = 100;

/** Opens a person's event stream and notes when each message was heard of. */
function listenAs(seat: Seat, port: number, heard: Map<string, number>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { ...headersOf(seat), accept: 'text/event-stream' };
    const outgoing = request({ host: '127.0.0.1', port, path: '/v1/events', headers }, (stream) => {
      if (stream.statusCode !== 200) {
        reject(new Error(`The event stream was answered with ${stream.statusCode}.`));
        return;
      }
      stream.setEncoding('utf8');
      let rest = '';
      stream.on('data', (part: string) => {
        const now = performance.now();
        const lines = (rest + part).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const id = /"messageId":"([^"]+)"/.exec(line)?.[1];
          if (id !== undefined && !heard.has(id)) heard.set(id, now);
        }
      });
      stream.on('error', () => undefined);
      resolve(stream);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** How long after the sender's answer the other person's portal hears of a message. */
export const liveFigure: Figure = {
  name: 'live',
  async measure(world): Promise<Row[]> {
    const { url, adminUrl } = await world.product('large');
    const people = await readSignedIn(adminUrl);
    const target = targetOf(url, talksAtOnce);
    const heard = new Map<string, number>();
    const pairs = Array.from({ length: talksAtOnce }, () => people.anyPair());
    const streams = await Promise.all(pairs.map(({ patient }) => listenAs(patient, target.port, heard)));
    world.say('Measuring live …');

    const acknowledged = new Map<string, number>();
    const write = async (index: number): Promise<void> => {
      const from = pairs[index % pairs.length]?.clinician;
      if (!from) return;
      const shot = {
        method: 'POST',
        path: `/v1/talks/${from.talkId}/messages`,
        headers: { ...headersOf(from), 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify({ text: 'Please come a little earlier tomorrow.' }),
      } as const;
      const answer = await send(target, shot);
      const now = performance.now();
      assertSuccess(shot, answer);
      acknowledged.set((JSON.parse(answer.body) as { id: string }).id, now);
    };
    const writes: Promise<void>[] = [];
    for (let index = 0; index < world.options.events; index += 1) {
      writes.push(write(index));
      await delay(1000 / perSecond);
    }
    await Promise.all(writes);
    const giveUpAt = performance.now() + 5000;
    const isMissing = (): boolean => [...acknowledged.keys()].some((id) => !heard.has(id));
    while (isMissing() && performance.now() < giveUpAt) await delay(10);
    for (const stream of streams) stream.destroy();
    target.agent.destroy();

    const missing = [...acknowledged.keys()].filter((id) => !heard.has(id)).length;
    // An event may overtake the sender's own answer: then there was nothing to wait for.
    const waits = [...acknowledged].flatMap(([id, at]) => {
      const then = heard.get(id);
      return then === undefined ? [] : [Math.max(0, then - at)];
    });
    const p99 = percentile(waits, 99);
    return [
      {
        figure: 'acknowledged → on the other’s stream, p99',
        value: missing > 0 ? Number.POSITIVE_INFINITY : p99,
        measured: `${asMilliseconds(p99)} (p50 ${asMilliseconds(percentile(waits, 50))}, ${waits.length} messages, ${missing} not heard)`,
        target: { direction: 'at most', floor: 50, goal: 15, write: asMilliseconds },
      },
    ];
  },
};
