/** A picture whose every pixel is known: red, green, blue from the top. */
export interface Reference {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

export interface SamplePicture {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** What it shows. */
  readonly shows: Reference;
  /** How many times larger than that its preview is; once when left out. */
  readonly enlarged?: number;
  readonly pages: number;
}

type Colour = readonly [number, number, number];

/** Blocks of sixteen colours, so that it survives few colours and lossy forms alike; 61 pixels wide, so that rows need padding. */
export function blocks(
  colours: readonly Colour[],
  width = 61,
  height = 48,
): Reference & { readonly indices: Buffer } {
  const indices = Buffer.alloc(width * height);
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const index = (Math.floor((y * 4) / height) * 4 + Math.floor((x * 4) / width)) % colours.length;
      indices[y * width + x] = index;
      data.set(colours[index] ?? [0, 0, 0], (y * width + x) * 3);
    }
  }
  return { width, height, data, indices };
}

export const twoColours: readonly Colour[] = [
  [20, 30, 120],
  [250, 220, 60],
];
export const sixteenColours: readonly Colour[] = Array.from({ length: 16 }, (_, index) => [
  (index * 73) % 256,
  (index * 151 + 40) % 256,
  255 - index * 16,
]);

const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value & 0xffff);
  return bytes;
};
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value | 0);
  return bytes;
};

interface BitmapParts {
  readonly header: 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124;
  readonly bits: number;
  readonly width: number;
  readonly height: number;
  readonly compression?: number;
  readonly masks?: readonly number[];
  readonly palette?: readonly Colour[];
  readonly pixels: Buffer;
}

/** Puts a bitmap together, whatever it says. */
export function bitmapOf(parts: BitmapParts): Buffer {
  const { header, bits, width, height, compression = 0, masks = [], palette = [], pixels } = parts;
  const isOldest = header === 12;
  const size = isOldest ? [u16(width), u16(height)] : [u32(width), u32(height)];
  const info = Buffer.alloc(header);
  Buffer.concat([u32(header), ...size, u16(1), u16(bits), u32(compression)]).copy(info);
  if (header >= 40) {
    u32(pixels.length).copy(info, 20);
    u32(palette.length).copy(info, 32);
  }
  const maskBytes = Buffer.concat(masks.map(u32));
  // Windows 3's header is followed by its masks; the later ones hold them.
  const masksInside = header > 40 && header !== 64;
  if (masksInside) maskBytes.copy(info, 40);
  const colours = Buffer.concat(
    palette.map(([red, green, blue]) => Buffer.from(isOldest ? [blue, green, red] : [blue, green, red, 0])),
  );
  const before = Buffer.concat([info, ...(masksInside ? [] : [maskBytes]), colours]);
  const at = 14 + before.length;
  return Buffer.concat([Buffer.from('BM'), u32(at + pixels.length), u32(0), u32(at), before, pixels]);
}

const padded = (row: Buffer): Buffer => Buffer.concat([row, Buffer.alloc((4 - (row.length % 4)) % 4)]);

/** Rows from the bottom, or from the top. */
function rows(height: number, topDown: boolean, row: (y: number) => Buffer): Buffer {
  const order = Array.from({ length: height }, (_, index) => (topDown ? index : height - 1 - index));
  return Buffer.concat(order.map((y) => padded(row(y))));
}

/** Pixels as numbers of colours, `bits` each. */
export function indexedPixels(
  { width, height, indices }: ReturnType<typeof blocks>,
  bits: 1 | 2 | 4 | 8,
  topDown = false,
): Buffer {
  const perByte = 8 / bits;
  return rows(height, topDown, (y) => {
    const row = Buffer.alloc(Math.ceil(width / perByte));
    for (let x = 0; x < width; x += 1) {
      const at = Math.floor(x / perByte);
      const index = indices[y * width + x] ?? 0;
      row[at] = (row[at] ?? 0) | (index << (bits * (perByte - 1 - (x % perByte))));
    }
    return row;
  });
}

/** Pixels whose channels stand where the masks say; a fourth mask is alpha, and opaque. */
export function maskedPixels(
  { width, height, data }: Reference,
  bits: 16 | 24 | 32,
  masks: readonly number[],
  topDown = false,
): Buffer {
  const channel = (value: number, mask: number): number => {
    if (mask === 0) return 0;
    const shift = 31 - Math.clz32(mask & -mask);
    return (Math.round((value * (mask >>> shift)) / 255) << shift) >>> 0;
  };
  return rows(height, topDown, (y) => {
    const row = Buffer.alloc(width * (bits / 8));
    for (let x = 0; x < width; x += 1) {
      const pixel = (y * width + x) * 3;
      const value = masks.reduce(
        (sum, mask, index) => sum + channel(index === 3 ? 255 : (data[pixel + index] ?? 0), mask),
        0,
      );
      row.writeUIntLE(value, x * (bits / 8), bits / 8);
    }
    return row;
  });
}

/** BI_RLE8 or BI_RLE4 out of runs of up to `longest` pixels; with `literal` each row is written out instead. */
export function runs(picture: ReturnType<typeof blocks>, bits: 4 | 8, literal = false): Buffer {
  const { width, height, indices } = picture;
  const parts: Buffer[] = [];
  for (let y = height - 1; y >= 0; y -= 1) {
    const row = indices.subarray(y * width, (y + 1) * width);
    parts.push(...(literal ? [literalRow(row, bits)] : runsOfRow(row, bits)), Buffer.from([0, 0]));
  }
  return Buffer.concat([...parts, Buffer.from([0, 1])]);
}

function runsOfRow(row: Buffer, bits: 4 | 8): Buffer[] {
  const parts: Buffer[] = [];
  for (let x = 0; x < row.length; ) {
    const index = row[x] ?? 0;
    let count = 1;
    while (count < 255 && row[x + count] === index) count += 1;
    parts.push(Buffer.from([count, bits === 4 ? (index << 4) | index : index]));
    x += count;
  }
  return parts;
}

function literalRow(row: Buffer, bits: 4 | 8): Buffer {
  const bytes =
    bits === 8
      ? row
      : Buffer.from(
          Array.from(
            { length: Math.ceil(row.length / 2) },
            (_, at) => ((row[at * 2] ?? 0) << 4) | (row[at * 2 + 1] ?? 0),
          ),
        );
  return Buffer.concat([Buffer.from([0, row.length]), bytes, Buffer.alloc(bytes.length % 2)]);
}
