import { setTimeout as delay } from 'node:timers/promises';
import { residentMemory } from '../load/processor-time.ts';
import { assertSuccess, send, type Shot, targetOf } from '../load/requests.ts';
import { uploadForm, uploadInParts, uploadRaw } from '../load/upload.ts';
import { headersOf, readSignedIn, type Seat } from '../world/signed-in.ts';
import type { World } from '../world/world.ts';
import { asMegabytes, asRatio, type Figure, type Row } from './figure.ts';

const atOnce = 20;
const memory = { direction: 'at most', floor: 150e6, goal: 100e6, write: asMegabytes } as const;
const throughput = { direction: 'at least', floor: 0.6, goal: 0.8, write: asRatio } as const;

interface Crowd {
  /** Milliseconds until all were acknowledged. */
  readonly elapsed: number;
  /** Bytes by which the process grew meanwhile, at most. */
  readonly growth: number;
}

/** Has twenty upload at once, and looks at the process that they upload to. */
async function crowd(pid: number, upload: (one: number) => Promise<void>): Promise<Crowd> {
  const memoryNow = async (): Promise<number> => (await residentMemory(pid)) ?? Number.NaN;
  const before = await memoryNow();
  let most = before;
  const begun = performance.now();
  let elapsed: number | undefined;
  const uploads = Promise.all(Array.from({ length: atOnce }, (_, one) => upload(one))).finally(
    () => (elapsed = performance.now() - begun),
  );
  // Its failure is told where it is awaited, below.
  uploads.catch(() => undefined);
  while (elapsed === undefined) {
    most = Math.max(most, await memoryNow());
    await delay(50);
  }
  await uploads;
  return { elapsed, growth: most - before };
}

/** The ways of the product to take a file. Each leaves nothing behind. */
async function waysIn(world: World) {
  const { url, pid, adminUrl } = await world.product('small');
  const target = targetOf(url, atOnce);
  // Everybody's own: what one person may upload within a day is bounded.
  const seats = (await readSignedIn(adminUrl)).sessions(atOnce);
  const ask = async (shot: Shot): Promise<string> => {
    const answer = await send(target, shot);
    assertSuccess(shot, answer);
    return answer.body;
  };
  const removal = (seat: Seat, id: string): Shot => ({
    method: 'DELETE',
    path: `/v1/attachments/${id}`,
    headers: headersOf(seat),
  });
  const seatOf = (one: number): Seat => {
    const seat = seats[one];
    if (seat === undefined) throw new Error('There are fewer people than uploads.');
    return seat;
  };
  const removals: Shot[] = [];
  return {
    pid,
    async byForm(one: number, size: number): Promise<void> {
      const seat = seatOf(one);
      const path = `/v1/talks/${seat.talkId}/uploads`;
      const answer = await uploadForm(`${url}${path}`, size, headersOf(seat));
      assertSuccess({ method: 'POST', path, headers: {} }, answer);
      removals.push(removal(seat, (JSON.parse(answer.body) as { id: string }).id));
    },
    async inParts(one: number, size: number): Promise<void> {
      const seat = seatOf(one);
      const path = await uploadInParts(
        url,
        `/v1/talks/${seat.talkId}/resumable-uploads`,
        size,
        headersOf(seat),
      );
      const finished = await ask({ method: 'GET', path, headers: headersOf(seat) });
      removals.push(removal(seat, (JSON.parse(finished) as { attachment: { id: string } }).attachment.id));
    },
    async clear(): Promise<void> {
      for (const shot of removals.splice(0)) await ask(shot);
    },
  };
}

/**
 * How much the API grows while twenty people upload the largest file at once, and how fast it takes them in: whole, and in
 * the parts in which the portals send them. Beside it as many plain pipes through the same hash and cipher to the same disk,
 * before and after. Writes forty gigabytes, ten of them at a time.
 */
export const uploadsFigure: Figure = {
  name: 'uploads',
  heavy: true,
  async measure(world): Promise<Row[]> {
    const size = world.options.largeUploadBytes;
    const product = await waysIn(world);
    const bare = await world.bare();
    const pipe = (): Promise<Crowd> =>
      crowd(bare.pid, async () => {
        const answer = await uploadRaw(`${bare.url}/sealed-uploads`, size);
        assertSuccess({ method: 'POST', path: '/sealed-uploads', headers: {} }, answer);
      });
    const measured = async (way: 'byForm' | 'inParts'): Promise<Crowd> => {
      await product[way](0, 1024 * 1024);
      const seen = await crowd(product.pid, (one) => product[way](one, size));
      await product.clear();
      return seen;
    };
    world.say(`Measuring uploads: ${atOnce} of ${asMegabytes(size)} at once …`);
    const first = await pipe();
    const whole = await measured('byForm');
    const parts = await measured('inParts');
    const second = await pipe();

    const speed = ({ elapsed }: Crowd): number => (atOnce * size) / 1000 / elapsed;
    const limit = (speed(first) + speed(second)) / 2;
    const beside =
      `beside ${limit.toFixed(0)} MB/s (${speed(first).toFixed(0)} before, ${speed(second).toFixed(0)} after; ` +
      `growth ${asMegabytes(Math.max(first.growth, second.growth))})`;
    const ratioOf = (seen: Crowd): Row['measured'] =>
      `${asRatio(speed(seen) / limit)}: ${speed(seen).toFixed(0)} MB/s ${beside}`;
    const crowdWords = `${atOnce} uploads of ${asMegabytes(size)} at once`;
    return [
      {
        figure: `memory growth, ${crowdWords}`,
        value: whole.growth,
        measured: asMegabytes(whole.growth),
        target: memory,
      },
      {
        figure: '  their throughput / plain pipe with hash and cipher',
        value: speed(whole) / limit,
        measured: ratioOf(whole),
        target: throughput,
      },
      {
        figure: `memory growth, the same in parts that can be resumed`,
        value: parts.growth,
        measured: asMegabytes(parts.growth),
        target: memory,
      },
      {
        figure: '  their throughput / plain pipe with hash and cipher',
        value: speed(parts) / limit,
        measured: ratioOf(parts),
        target: throughput,
      },
    ];
  },
};
