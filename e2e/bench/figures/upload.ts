import { assertSuccess, send, targetOf } from '../load/requests.ts';
import { median } from '../load/statistics.ts';
import { uploadForm, uploadRaw } from '../load/upload.ts';
import { headersOf, readSignedIn } from '../world/signed-in.ts';
import type { World } from '../world/world.ts';
import { asRatio, type Figure, type Row } from './figure.ts';

interface Uploads {
  /** Milliseconds until the bytes were acknowledged. */
  readonly bare: () => Promise<number>;
  readonly product: () => Promise<number>;
}

async function uploadsOf(world: World): Promise<Uploads> {
  const size = world.options.uploadBytes;
  const bare = await world.bare();
  const product = await world.product('large');
  const people = await readSignedIn(product.adminUrl);
  const target = targetOf(product.url, 1);
  return {
    async bare() {
      const start = performance.now();
      const answer = await uploadRaw(`${bare.url}/uploads`, size);
      const elapsed = performance.now() - start;
      assertSuccess({ method: 'POST', path: '/uploads', headers: {} }, answer);
      return elapsed;
    },
    async product() {
      const seat = people.anySeat();
      const path = `/v1/talks/${seat.talkId}/uploads`;
      const start = performance.now();
      const answer = await uploadForm(`${product.url}${path}`, size, headersOf(seat));
      const elapsed = performance.now() - start;
      assertSuccess({ method: 'POST', path, headers: {} }, answer);
      const { id } = JSON.parse(answer.body) as { id: string };
      const removal = { method: 'DELETE', path: `/v1/attachments/${id}`, headers: headersOf(seat) } as const;
      assertSuccess(removal, await send(target, removal));
      return elapsed;
    },
  };
}

/** One big file, hashed, looked at and flushed, beside the same bytes through a plain pipe, flushed. */
export const uploadFigure: Figure = {
  name: 'upload',
  async measure(world): Promise<Row[]> {
    const { rounds, uploadBytes } = world.options;
    const { bare, product } = await uploadsOf(world);
    world.say('Measuring upload …');
    await bare();
    await product();
    const times: { readonly bare: number; readonly product: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      if (round % 2 === 0) {
        const first = await bare();
        times.push({ bare: first, product: await product() });
      } else {
        const first = await product();
        times.push({ bare: await bare(), product: first });
      }
    }
    const ratios = times.map((time) => time.bare / time.product);
    const speed = (side: 'bare' | 'product'): string =>
      `${(uploadBytes / 1000 / median(times.map((time) => time[side]))).toFixed(0)} MB/s`;
    return [
      {
        figure: `upload of ${uploadBytes / 1024 / 1024} MiB / plain pipe`,
        value: median(ratios),
        measured:
          `${asRatio(median(ratios))} (rounds ${asRatio(Math.min(...ratios))} to ${asRatio(Math.max(...ratios))}; ` +
          `${speed('product')} beside ${speed('bare')})`,
        target: { direction: 'at least', floor: 0.55, goal: 0.75, write: asRatio },
      },
    ];
  },
};
