import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createInspector, inspected } from './file-inspector.ts';
import type { FileType } from './file-types.ts';
import { binaryStl, bitmap, hostile, samples, zipOf } from '../../test/support/sample-files.ts';

/** What becomes of a file that arrives in pieces under this name: its type, or the refusal's words. */
async function judge(name: string, content: Buffer, piece = 7): Promise<FileType | string> {
  const pieces = Array.from({ length: Math.ceil(content.length / piece) }, (_, index) =>
    content.subarray(index * piece, (index + 1) * piece),
  );
  const read = ({ start, end }: { start: number; end: number }) =>
    Readable.from([content.subarray(start, end + 1)]);
  try {
    const inspector = createInspector(name);
    expect(await buffer(inspected(Readable.from(pieces), inspector))).toEqual(content);
    return await inspector.conclude({ size: content.length, read });
  } catch (error) {
    return String((error as { extras?: { detail?: string } }).extras?.detail ?? error);
  }
}

describe('a file’s type', () => {
  it.each(Object.entries(samples))('is found in the content of a .%s', async (extension, content) => {
    expect(await judge(`file.${extension}`, content)).toMatchObject({ extension });
    expect(await judge(`FILE.${extension.toUpperCase()}`, content, 5000)).toMatchObject({ extension });
  });

  it.each([
    ['jpeg', samples.jpg, 'jpg'],
    ['tif', samples.tiff, 'tiff'],
    ['heif', samples.heic, 'heic'],
    ['mov', samples.mp4, 'mp4'],
    ['dicom', samples.dcm, 'dcm'],
    ['zip', samples.docx, 'zip'],
  ])('goes by another ending too: .%s', async (ending, content, extension) => {
    expect(await judge(`file.${ending}`, content)).toMatchObject({ extension });
  });

  it.each([12, 16, 40, 52, 56, 64, 108, 124])('is a bitmap with a header of %i bytes', async (header) => {
    expect(await judge('scan.bmp', bitmap(header))).toMatchObject({ mediaType: 'image/bmp', kind: 'image' });
  });

  it.each(['49492a00 00200000', '4d4d002a 00002000'])(
    'is a TIFF whose directory stands after its pixels (%s)',
    async (beginning) => {
      const start = Buffer.from(beginning.replace(' ', ''), 'hex');
      const scan = Buffer.concat([start, Buffer.alloc(9000, 7)]);
      expect(await judge('scan.tiff', scan)).toMatchObject({ mediaType: 'image/tiff' });
    },
  );

  it('is found without any ending, as scanners name their pictures', async () => {
    expect(await judge('IM00001', samples.dcm)).toMatchObject({ extension: 'dcm' });
    expect(await judge('notes', samples.txt)).toMatchObject({ extension: 'txt' });
  });

  it('is a model in words or in triangles', async () => {
    const words = Buffer.from('solid knee\nfacet normal 0 0 1\nendfacet\nendsolid knee\n');
    expect(await judge('knee.stl', words)).toMatchObject({ kind: 'model' });
    expect(await judge('knee.stl', binaryStl(3))).toMatchObject({ kind: 'model' });
    expect(await judge('knee.stl', Buffer.concat([binaryStl(3), Buffer.alloc(1)]))).toMatch(/\.stl/);
  });
});

/** Documents are zips, and cameras mix up the two video containers. */
const mixed = new Set(['docx as zip', 'xlsx as zip', 'pptx as zip', 'mp4 as mov', 'mov as mp4']);

describe('a file is refused', () => {
  const pretenders = Object.keys(samples).flatMap((ending) =>
    Object.entries(hostile).map(([what, content]) => [what, ending, content] as const),
  );
  it.each(pretenders.filter(([what, ending]) => !(what === 'macros' && ending === 'zip')))(
    'when it is %s and calls itself .%s',
    async (_what, ending, content) => {
      expect(await judge(`file.${ending}`, content)).toEqual(expect.stringMatching(/content/));
    },
  );

  it.each(['svg', 'html', 'xml', 'js', 'exe', 'doc', 'sh', 'docm', 'iso'])(
    'when its name ends in .%s, before a byte of it is read',
    (ending) => {
      expect(() => createInspector(`file.${ending}`)).toThrow(/not accepted/);
    },
  );

  it.each(
    Object.keys(samples).flatMap((ending) =>
      Object.entries(samples)
        .filter(([other]) => other !== ending && !mixed.has(`${other} as ${ending}`))
        .map(([other, content]) => [other, ending, content] as const),
    ),
  )('when a .%s calls itself .%s', async (_other, ending, content) => {
    expect(await judge(`file.${ending}`, content)).toEqual(expect.stringMatching(/content|ending/));
  });

  it('without a known content and without an ending', async () => {
    expect(await judge('thing', hostile.noise)).toMatch(/cannot be told/);
    expect(await judge('page', hostile.html)).toMatch(/cannot be told/);
  });

  it('when text is not text', async () => {
    expect(await judge('a.txt', Buffer.from([0xff, 0xfe, 0x41, 0]))).toMatch(/UTF-8/);
    expect(await judge('a.txt', Buffer.from('bell \u0007'))).toMatch(/UTF-8/);
    expect(await judge('a.txt', Buffer.from([0x41, 0xc3]))).toMatch(/UTF-8/);
    expect(await judge('a.txt', Buffer.concat([Buffer.alloc(9000, 0x41), Buffer.from([0])]))).toMatch(
      /UTF-8/,
    );
  });

  it('when its directory lies about itself', async () => {
    const broken = zipOf('[Content_Types].xml', 'word/document.xml');
    broken.writeUInt32LE(0xffffffff, broken.length - 10);
    expect(await judge('a.docx', broken)).toMatch(/ending/);
  });

  it('when it is empty', async () => {
    expect(await judge('a.png', Buffer.alloc(0))).toMatch(/empty/);
  });
});
