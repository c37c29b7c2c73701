import { type Attack, Tally } from './attack.ts';
import { contents } from './means/contents.ts';
import { apiProcess, growthOf, mebibytes } from './means/memory.ts';
import { filePart, pour, repeated, uploadHeaders } from './means/pour.ts';
import { newUploader, type Uploader } from './means/uploads.ts';

const largestGrowth = 100 * 1024 ** 2;
const zeros = Buffer.alloc(256 * 1024);
const gigabyte = 1000 ** 3;

interface Flood {
  readonly name: string;
  /** Statuses that tell the sender to stop; the connection may also be cut. */
  readonly refusals: readonly number[];
  readonly chunks: (boundary: string) => Iterable<Buffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

const part = (boundary: string, rest: string): string =>
  `--${boundary}\r\ncontent-disposition: form-data; ${rest}\r\n\r\nx\r\n`;

function* headOf(boundary: string): Generator<Buffer> {
  yield filePart(boundary);
  yield contents.zip;
}

function* many(count: number, one: (index: number) => string, boundary: string): Generator<Buffer> {
  for (let index = 0; index < count; index += 100) {
    const step = Array.from({ length: Math.min(100, count - index) }, (_, place) => one(index + place));
    yield Buffer.from(step.join(''));
  }
  yield Buffer.from(`--${boundary}--\r\n`);
}

const floods = (fast: boolean): readonly Flood[] => {
  const count = fast ? 1_000 : 10_000;
  return [
    {
      name: '1 GB that says so',
      refusals: [413],
      headers: { 'content-length': String(gigabyte) },
      chunks: headOf,
    },
    {
      name: '1 GB that does not',
      refusals: [413],
      chunks: function* (boundary) {
        yield* headOf(boundary);
        // A fast run proves the rest; the limit is half a gigabyte.
        yield* repeated(zeros, fast ? 600 * 1000 ** 2 : gigabyte);
        yield Buffer.from(`\r\n--${boundary}--\r\n`);
      },
    },
    {
      name: `${count} files`,
      refusals: [400, 413, 422],
      chunks: (boundary) =>
        many(count, (index) => part(boundary, `name="file"; filename="${index}.txt"`), boundary),
    },
    {
      name: `${count} fields`,
      refusals: [400, 413, 422],
      chunks: (boundary) => many(count, (index) => part(boundary, `name="field${index}"`), boundary),
    },
    {
      name: 'a part whose head never ends',
      refusals: [400, 413, 422],
      chunks: function* (boundary) {
        yield Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="`);
        yield* repeated(Buffer.alloc(64 * 1024, 'x'), fast ? 20_000_000 : 200_000_000);
      },
    },
    {
      name: `a part with ${count} headers`,
      refusals: [400, 413, 422],
      chunks: function* (boundary) {
        yield Buffer.from(
          `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n`,
        );
        yield* many(count, (index) => `x-header-${index}: ${'y'.repeat(200)}\r\n`, boundary);
      },
    },
    {
      name: 'a field of 100 MB',
      refusals: [400, 413, 422],
      chunks: function* (boundary) {
        yield Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"\r\n\r\n`);
        yield* repeated(zeros, fast ? 20_000_000 : 100_000_000);
        yield Buffer.from(`\r\n--${boundary}--\r\n`);
      },
    },
  ];
};

/** Forms that are too much of anything are refused, and cost no memory until they are. */
export const t43: Attack = {
  id: 'T43',
  title: 'Multipart flood',
  async run({ target, fast }) {
    const tally = new Tally();
    const uploader = await newUploader(target);
    await stillTakes(uploader);
    const pid = await apiProcess(target.apiUrl);
    const { pair } = uploader;
    const path = `/v1/talks/${pair.talkId}/uploads`;
    for (const { name, refusals, chunks, headers } of floods(fast)) {
      const boundary = `b${crypto.randomUUID()}`;
      let status = 0;
      const growth = await growthOf(pid, async () => {
        const all = { ...uploadHeaders(boundary, pair.patient.headers()), ...headers };
        ({ status } = await pour(target.apiUrl, path, all, chunks(boundary)));
      });
      tally.held(status === 0 || refusals.includes(status), `${name} was answered with ${status}`);
      tally.held(growth < largestGrowth, `With ${name} the API grew by ${mebibytes(growth)}`);
      tally.note(`${name}: ${status === 0 ? 'cut' : status}, +${mebibytes(Math.max(0, growth))}`);
    }
    await stillTakes(uploader);
    const waiting = await pair.patient.ask({ path });
    const { data } = JSON.parse(waiting.text) as { data: unknown[] };
    tally.held(data.length === 0, `${data.length} files of the floods were kept`);
    return tally.outcome;
  },
};

/** An honest upload goes through, before and after. */
async function stillTakes(uploader: Uploader): Promise<void> {
  const { answer, file } = await uploader.try('a.png', contents.png);
  if (!file) throw new Error(`An honest upload was answered with ${answer.status}`);
  await uploader.remove(file);
}
