import { crc32, deflateSync } from 'node:zlib';
import { type Attack, Tally } from './attack.ts';
import { contents } from './means/contents.ts';
import { apiProcess, growthOf, mebibytes } from './means/memory.ts';
import { newUploader } from './means/uploads.ts';
import { zipOf } from './means/zip.ts';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A picture of 7.5 GB in a few kilobytes: so many pixels are only said to be there, and packed as zeros. */
function hugePng(side: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2], 8);
  const pixels = deflateSync(Buffer.alloc(8 * 1024 * 1024), { level: 9 });
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Sixteen archives in each of so many levels, and ten megabytes of zeros in the innermost. */
function nestedZip(levels: number): Buffer {
  let inner = zipOf({ name: 'zeros.dcm', content: Buffer.alloc(10 * 1024 * 1024) });
  for (let level = 0; level < levels; level += 1) {
    const content = inner;
    inner = zipOf(...Array.from({ length: 16 }, (_, index) => ({ name: `${index}.zip`, content })));
  }
  return inner;
}

function gifOf(side: number): Buffer {
  const gif = Buffer.from(contents.gif);
  gif.writeUInt16LE(side, 6);
  gif.writeUInt16LE(side, 8);
  return gif;
}

const largestGrowth = 100 * 1024 ** 2;

/** What is small on the wire and huge when it is opened stays small here: nothing of it is ever opened. */
export const t42: Attack = {
  id: 'T42',
  title: 'Decompression / pixel bomb',
  async run({ target, fast }) {
    const tally = new Tally();
    const bombs: Record<string, Buffer> = {
      'huge.png': hugePng(50_000),
      'huge.gif': gifOf(65_535),
      'nested.zip': nestedZip(fast ? 1 : 3),
      'quine.docx': zipOf(
        { name: '[Content_Types].xml', content: Buffer.alloc(20 * 1024 * 1024, ' ') },
        { name: 'word/document.xml', content: Buffer.alloc(20 * 1024 * 1024, ' ') },
      ),
    };
    const uploader = await newUploader(target);
    const warm = await uploader.try('warm.png', contents.png);
    if (!warm.file) throw new Error(`A picture was answered with ${warm.answer.status}`);
    const pid = await apiProcess(target.apiUrl);
    const fates: string[] = [];
    const growth = await growthOf(pid, async () => {
      for (const [name, content] of Object.entries(bombs)) {
        const { answer, file } = await uploader.try(name, content);
        tally.held(
          answer.status === 201 || answer.status === 415,
          `${name} was answered with ${answer.status}`,
        );
        fates.push(`${name} ${content.length} bytes: ${file ? 'kept' : 'refused'}`);
        if (!file) continue;
        const given = await uploader.download(file);
        tally.held(given.bytes.equals(content), `${name} came back changed`);
        await uploader.remove(file);
      }
    });
    tally.held(growth < largestGrowth, `The API grew by ${mebibytes(growth)}`);
    tally.note(`${fates.join(', ')}; the API grew by ${mebibytes(growth)}`);
    return tally.outcome;
  },
};
