import { setTimeout as delay } from 'node:timers/promises';
import { residentMemory } from '../load/processor-time.ts';
import { assertSuccess } from '../load/requests.ts';
import { uploadForm } from '../load/upload.ts';
import { headersOf, readSignedIn } from '../world/signed-in.ts';
import { asMegabytes, type Figure, type Row } from './figure.ts';

const atOnce = 20;
const size = 500 * 1000 * 1000;

/** How much the API grows while twenty people upload the largest file at once. Writes ten gigabytes. */
export const uploadMemoryFigure: Figure = {
  name: 'upload-memory',
  heavy: true,
  async measure(world): Promise<Row[]> {
    const { url, pid, adminUrl } = await world.product('large');
    const people = await readSignedIn(adminUrl);
    const upload = async (bytes: number): Promise<void> => {
      const seat = people.anySeat();
      const path = `/v1/talks/${seat.talkId}/uploads`;
      const answer = await uploadForm(`${url}${path}`, bytes, headersOf(seat));
      assertSuccess({ method: 'POST', path, headers: {} }, answer);
    };
    world.say(`Measuring upload-memory: ${atOnce} uploads of ${asMegabytes(size)} at once …`);
    await upload(1024 * 1024);
    const before = (await residentMemory(pid)) ?? Number.NaN;
    let most = before;
    let isOver = false;
    const uploads = Promise.all(Array.from({ length: atOnce }, () => upload(size))).finally(
      () => (isOver = true),
    );
    // Its failure is told where it is awaited, below.
    uploads.catch(() => undefined);
    while (!isOver) {
      most = Math.max(most, (await residentMemory(pid)) ?? Number.NaN);
      await delay(100);
    }
    await uploads;
    const growth = most - before;
    return [
      {
        figure: `memory growth, ${atOnce} uploads of ${asMegabytes(size)} at once`,
        value: growth,
        measured: asMegabytes(growth),
        target: { direction: 'at most', floor: 150e6, goal: 100e6, write: asMegabytes },
      },
    ];
  },
};
