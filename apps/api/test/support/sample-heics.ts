import type { Reference } from './sample-bitmaps.ts';

/** Writes bits from the highest down, as video streams are read. */
class Bits {
  readonly #bits: number[] = [];

  /** `value` in `count` bits. */
  u(value: number, count: number): this {
    for (let bit = count - 1; bit >= 0; bit -= 1) this.#bits.push(Math.floor(value / 2 ** bit) % 2);
    return this;
  }

  /** Exponential-Golomb: each number after as many noughts as it has bits beyond the first. */
  ue(...values: readonly number[]): this {
    for (const value of values) {
      const length = Math.floor(Math.log2(value + 1));
      this.u(0, length).u(value + 1, length + 1);
    }
    return this;
  }

  /** A one, then noughts up to the next byte. */
  end(): Buffer {
    this.u(1, 1);
    while (this.#bits.length % 8 !== 0) this.#bits.push(0);
    return Buffer.from(
      Array.from({ length: this.#bits.length / 8 }, (_, byte) =>
        this.#bits.slice(byte * 8, byte * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0),
      ),
    );
  }
}

const kinds = { slice: 20, video: 32, sequence: 33, picture: 34 } as const;

/** A unit of the stream; within it three bytes that would look like a unit's beginning are kept apart. */
function unit(kind: keyof typeof kinds, body: Buffer): Buffer {
  const bytes: number[] = [kinds[kind] << 1, 1];
  let noughts = 0;
  for (const byte of body) {
    if (noughts >= 2 && byte <= 3) {
      bytes.push(3);
      noughts = 0;
    }
    bytes.push(byte);
    noughts = byte === 0 ? noughts + 1 : 0;
  }
  return Buffer.from(bytes);
}

/** Pictures are cut into blocks of this many pixels a side. */
const block = 16;
/** Main Still Picture, level 4. */
const profile = (bits: Bits): Bits => bits.u(3, 8).u(0x70000000, 32).u(0b1001, 4).u(0, 44).u(120, 8);

const videoSet = (): Buffer =>
  unit(
    'video',
    profile(new Bits().u(0, 4).u(3, 2).u(0, 6).u(0, 3).u(1, 1).u(0xffff, 16))
      .u(1, 1)
      .ue(0, 0, 0)
      .u(0, 6)
      .ue(0)
      .u(0, 2)
      .end(),
  );

/** 4:2:0, eight bits, blocks of sixteen pixels that hold their pixels as they are. */
const sequenceSet = (width: number, height: number): Buffer =>
  unit(
    'sequence',
    profile(new Bits().u(0, 4).u(0, 3).u(1, 1))
      .ue(0, 1, width, height)
      .u(0, 1)
      .ue(0, 0, 0)
      .u(1, 1)
      .ue(0, 0, 0)
      // Sizes of coding blocks and of transforms, as powers of two.
      .ue(1, 0, 0, 2, 0, 0)
      .u(0, 3)
      // Raw blocks: eight bits of each channel, sixteen pixels, and no filter over them.
      .u(1, 1)
      .u(7, 4)
      .u(7, 4)
      .ue(1, 0)
      .u(1, 1)
      .ue(0)
      .u(0, 5)
      .end(),
  );

const pictureSet = (): Buffer =>
  unit(
    'picture',
    new Bits()
      .ue(0, 0)
      .u(0, 7)
      .ue(0, 0, 0)
      .u(0, 3)
      .ue(0, 0)
      .u(0, 7)
      // Nothing is smoothed.
      .u(0b101, 3)
      .u(0, 2)
      .ue(0)
      .u(0, 2)
      .end(),
  );

/** What the arithmetic coder writes before and after a raw block, where each block is a slice of its own. */
const beforeRaw = Buffer.from([0x86, 0x80]);
const afterRaw = Buffer.from([0xfe, 0x80]);

/** Brightness and two colours of a rectangle: BT.601, full range; colours for every other pixel. */
function rawBlock({ data, width }: Reference, x0: number, y0: number): Buffer {
  const at = (x: number, y: number): [number, number, number] => {
    const from = ((y0 + y) * width + x0 + x) * 3;
    return [data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0];
  };
  const plane = (step: number, value: (rgb: [number, number, number]) => number): Buffer => {
    const side = block / step;
    return Buffer.from(
      Array.from({ length: side * side }, (_, index) =>
        Math.max(
          0,
          Math.min(255, Math.round(value(at((index % side) * step, Math.floor(index / side) * step)))),
        ),
      ),
    );
  };
  return Buffer.concat([
    plane(1, ([red, green, blue]) => 0.299 * red + 0.587 * green + 0.114 * blue),
    plane(2, ([red, green, blue]) => 128 - 0.168736 * red - 0.331264 * green + 0.5 * blue),
    plane(2, ([red, green, blue]) => 128 + 0.5 * red - 0.418688 * green - 0.081312 * blue),
  ]);
}

/** The units of a picture whose sides are multiples of sixteen, each after its length. */
function codedPicture(picture: Reference): Buffer {
  const columns = picture.width / block;
  const count = columns * (picture.height / block);
  const addressBits = Math.ceil(Math.log2(count));
  const parts: Buffer[] = [];
  for (let index = 0; index < count; index += 1) {
    const head = new Bits()
      .u(index === 0 ? 1 : 0, 1)
      .u(0, 1)
      .ue(0);
    if (index > 0) head.u(index, addressBits);
    const raw = rawBlock(picture, (index % columns) * block, Math.floor(index / columns) * block);
    const slice = unit('slice', Buffer.concat([head.ue(2, 0).end(), beforeRaw, raw, afterRaw]));
    parts.push(u32(slice.length), slice);
  }
  return Buffer.concat(parts);
}

const u16 = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255]);
const u32 = (value: number): Buffer => Buffer.concat([u16(Math.floor(value / 65536)), u16(value % 65536)]);
const box = (type: string, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([u32(content.length + 8), Buffer.from(type, 'latin1'), content]);
};
const fullBox = (type: string, ...parts: readonly Buffer[]): Buffer => box(type, u32(0), ...parts);
const word = (text: string): Buffer => Buffer.from(text, 'latin1');

function configuration(width: number, height: number): Buffer {
  const sets = [
    [kinds.video, videoSet()],
    [kinds.sequence, sequenceSet(width, height)],
    [kinds.picture, pictureSet()],
  ] as const;
  return box(
    'hvcC',
    Buffer.from([
      1, 3, 0x70, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 120, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, 3,
    ]),
    ...sets.flatMap(([kind, set]) => [Buffer.from([0x80 | kind]), u16(1), u16(set.length), set]),
  );
}

interface Item {
  readonly type: 'hvc1' | 'grid';
  readonly data: Buffer;
  readonly properties: readonly Buffer[];
  /** The items, counted from 1, of which a grid is made. */
  readonly made?: readonly number[];
}

/** Puts a file of items together; the first one is the picture. */
function heifOf(items: readonly Item[]): Buffer {
  const ids = items.map((_, index) => index + 1);
  const properties = items.flatMap((item) => item.properties);
  let next = 0;
  const associations = items.map((item, index) =>
    Buffer.concat([
      u16(index + 1),
      Buffer.from([item.properties.length, ...item.properties.map(() => 0x80 | (next += 1))]),
    ]),
  );
  const references = items.flatMap(({ made }, index) =>
    made ? [box('dimg', u16(index + 1), u16(made.length), ...made.map(u16))] : [],
  );
  const metaOf = (firstAt: number): Buffer => {
    let at = firstAt;
    const places = items.map(({ data }, index) => {
      const place = Buffer.concat([u16(index + 1), u16(0), u16(1), u32(at), u32(data.length)]);
      at += data.length;
      return place;
    });
    return fullBox(
      'meta',
      fullBox('hdlr', u32(0), word('pict'), Buffer.alloc(13)),
      fullBox('pitm', u16(1)),
      fullBox(
        'iinf',
        u16(items.length),
        ...ids.map((id, index) =>
          box(
            'infe',
            Buffer.from([2, 0, 0, index === 0 ? 0 : 1]),
            u16(id),
            u16(0),
            word(items[index]?.type ?? ''),
            Buffer.alloc(1),
          ),
        ),
      ),
      ...(references.length > 0 ? [fullBox('iref', ...references)] : []),
      box('iprp', box('ipco', ...properties), fullBox('ipma', u32(items.length), ...associations)),
      fullBox('iloc', Buffer.from([0x44, 0]), u16(items.length), ...places),
    );
  };
  const brand = box('ftyp', word('heic'), u32(0), word('mif1'), word('heic'));
  const before = brand.length + metaOf(0).length + 8;
  return Buffer.concat([brand, metaOf(before), box('mdat', ...items.map(({ data }) => data))]);
}

const extent = (width: number, height: number): Buffer => fullBox('ispe', u32(width), u32(height));
/** BT.601, full range. */
const colours = (): Buffer => box('colr', word('nclx'), u16(1), u16(13), u16(6), Buffer.from([0x80]));

/**
 * A picture as telephones send it: HEVC in HEIF, with every pixel written out. Its sides are multiples of sixteen.
 * @param turns quarters by which it is to be turned against the clock before it is shown
 */
export function heicOf(picture: Reference, turns: 0 | 1 | 2 | 3 = 0): Buffer {
  const { width, height } = picture;
  const turn = turns === 0 ? [] : [box('irot', Buffer.from([turns]))];
  const properties = [configuration(width, height), extent(width, height), colours(), ...turn];
  return heifOf([{ type: 'hvc1', data: codedPicture(picture), properties }]);
}

/** Four equal pictures side by side and below each other, as telephones keep large ones. */
export function heicGridOf(picture: Reference): Buffer {
  const { width, height } = picture;
  const tile: Item = {
    type: 'hvc1',
    data: codedPicture(picture),
    properties: [configuration(width, height), extent(width, height), colours()],
  };
  return heifOf([grid(width * 2, height * 2, [2, 3, 4, 5]), tile, tile, tile, tile]);
}

/** A grid that is made of other items, or of itself. */
const grid = (width: number, height: number, made: readonly number[]): Item => ({
  type: 'grid',
  data: Buffer.concat([Buffer.from([0, 1, 1, 1]), u32(width), u32(height)]),
  properties: [extent(width, height), colours()],
  made,
});

/** A picture of which nothing but the declared size is there. */
export const heicDeclaring = (width: number, height: number): Buffer =>
  heifOf([
    {
      type: 'hvc1',
      data: Buffer.alloc(64),
      properties: [configuration(width, height), extent(width, height)],
    },
  ]);

/** A grid whose four parts are the grid itself. */
export const heicOfItself = (): Buffer => heifOf([grid(64, 64, [1, 1, 1, 1])]);
