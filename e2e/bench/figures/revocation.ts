import { type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { send, targetOf } from '../load/requests.ts';
import { percentile } from '../load/statistics.ts';
import { headersOf, readSignedIn, type Seat } from '../world/signed-in.ts';
import { asMilliseconds, type Figure, type Row } from './figure.ts';

const people = 50;
/** A session that still answers after so long is counted as never ended, in milliseconds. */
const patience = 5000;

const openStream = (seat: Seat, port: number): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = { ...headersOf(seat), accept: 'text/event-stream' };
    const outgoing = request({ host: '127.0.0.1', port, path: '/v1/events', headers }, (stream) => {
      stream.on('error', () => undefined);
      stream.resume();
      if (stream.statusCode === 200) resolve(stream);
      else reject(new Error(`The event stream was answered with ${stream.statusCode}.`));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });

/**
 * How long a session lives on after it was ended from another one: until its stream is closed and its next request is
 * refused. Both were busy a moment before, so that whatever is remembered of them is fresh.
 */
export const revocationFigure: Figure = {
  name: 'revocation',
  async measure(world): Promise<Row[]> {
    const { url, adminUrl } = await world.product('large');
    const seats = (await readSignedIn(adminUrl)).sessions(people);
    const target = targetOf(url, people);
    world.say('Measuring revocation …');
    const waits: number[] = [];
    try {
      for (const seat of seats) waits.push(await endOne(seat));
    } finally {
      target.agent.destroy();
    }
    const slowest = Math.max(...waits);
    return [
      {
        figure: 'session ended → stream closed and next request refused',
        value: slowest,
        measured: `${asMilliseconds(slowest)} at most (p50 ${asMilliseconds(percentile(waits, 50))}, ${waits.length} sessions)`,
        target: { direction: 'at most', floor: 1000, goal: 100, write: asMilliseconds },
      },
    ];

    async function endOne(seat: Seat): Promise<number> {
      const stream = await openStream(seat, target.port);
      const closed = new Promise<void>((resolve) => stream.once('close', () => resolve()));
      const me = { method: 'GET', path: '/v1/sessions', headers: headersOf(seat) } as const;
      const { data } = JSON.parse((await send(target, me)).body) as {
        data: readonly { id: string; current: boolean }[];
      };
      const own = data.find(({ current }) => current)?.id ?? '';
      const start = performance.now();
      await send(target, { method: 'DELETE', path: `/v1/sessions/${own}`, headers: headersOf(seat) });
      const refused = async (): Promise<void> => {
        while (performance.now() - start < patience) {
          if ((await send(target, me)).status === 401) return;
          await delay(1);
        }
        throw new Error('A session that was ended still answers.');
      };
      await Promise.all([closed, refused()]);
      return performance.now() - start;
    }
  },
};
