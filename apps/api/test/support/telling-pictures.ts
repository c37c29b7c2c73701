import { crc32 } from 'node:zlib';
import sharp, { type TiffOptions } from 'sharp';

/** Stands in everything that must go. */
export const secret = 'GPS 37.7749 N 122.4194 W';
export const width = 24;
export const height = 16;
export const rgb = Buffer.from(
  Array.from({ length: width * height * 3 }, (_, index) => (index * 37 + (index >> 5)) % 256),
);
const raw = () => sharp(rgb, { raw: { width, height, channels: 3 } });
const tagged = (orientation: number) =>
  raw()
    .withMetadata({ orientation })
    .withExif({
      IFD0: { Artist: secret, Orientation: String(orientation) },
      IFD3: { GPSAreaInformation: secret },
    })
    .withIccProfile('srgb');

export const u16 = (value: number): Buffer => Buffer.of(value >> 8, value & 255);
export const u32 = (value: number): Buffer =>
  Buffer.of(value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255);
export const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const segment = (code: number, data: Buffer) =>
  Buffer.concat([Buffer.of(0xff, code), u16(data.length + 2), data]);
export const chunk = (type: string, data: Buffer) => {
  const body = Buffer.concat([latin(type), data]);
  return Buffer.concat([u32(data.length), body, u32(crc32(body))]);
};
export const box = (type: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length + 8), latin(type), body]);
};
const within = (picture: Buffer, at: number, more: Buffer) =>
  Buffer.concat([picture.subarray(0, at), more, picture.subarray(at)]);

/** A photograph as a telephone makes it, and more: every place that JPEG has for notes. */
export async function jpeg(orientation = 6, progressive = false): Promise<Buffer> {
  const made = await tagged(orientation).jpeg({ progressive }).toBuffer();
  const notes = [
    segment(0xe1, latin(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${secret}</x:xmpmeta>`)),
    segment(0xe2, latin(`MPF\0${secret}`)),
    segment(0xed, latin(`Photoshop 3.0\0${secret}`)),
    segment(0xfe, latin(secret)),
    segment(0xeb, latin(secret)),
  ];
  return Buffer.concat([within(made, 2, Buffer.concat(notes)), latin(secret), made]);
}

export async function png(orientation = 8): Promise<Buffer> {
  const made = await tagged(orientation).png().toBuffer();
  const notes = [
    chunk('tEXt', latin(`Comment\0${secret}`)),
    chunk('iTXt', latin(`XML:com.adobe.xmp\0\0\0\0\0${secret}`)),
    chunk('tIME', Buffer.of(7, 234, 11, 22, 1, 2, 3)),
    chunk('prVt', latin(secret)),
  ];
  return Buffer.concat([within(made, 33, Buffer.concat(notes)), latin(secret)]);
}

export async function gif(): Promise<Buffer> {
  const made = await raw().gif().toBuffer();
  const block = (text: string) => Buffer.concat([Buffer.of(text.length), latin(text), Buffer.of(0)]);
  const notes = [
    Buffer.concat([Buffer.of(0x21, 0xfe), block(secret)]),
    Buffer.concat([Buffer.of(0x21, 0xff, 11), latin('XMP DataXMP'), block(secret)]),
    Buffer.concat([Buffer.of(0x21, 0xff, 11), latin('NETSCAPE2.0'), Buffer.of(3, 1, 0, 0, 0)]),
  ];
  const first = 13 + 3 * 2 ** (((made[10] ?? 0) & 7) + 1);
  return Buffer.concat([within(made, first, Buffer.concat(notes)), latin(secret)]);
}

export async function webp(orientation = 3): Promise<Buffer> {
  const made = await tagged(orientation)
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${secret}</x:xmpmeta>`)
    .webp()
    .toBuffer();
  const note = Buffer.concat([latin('note'), Buffer.of(secret.length, 0, 0, 0), latin(secret)]);
  const longer = Buffer.concat([made, note]);
  longer.writeUInt32LE(longer.length - 8, 4);
  return Buffer.concat([longer, latin(secret)]);
}

export const tiff = (options: TiffOptions = {}) =>
  tagged(6)
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${secret}</x:xmpmeta>`)
    .tiff({ compression: 'lzw', ...options })
    .toBuffer();

/** Two pictures and two notes, one of each in the file's data and one of each in the header's. */
export function heic(): { picture: Buffer; shown: Buffer[] } {
  const shown = [latin('the coded picture'), latin('a grid')];
  const full = (type: string, version: number, ...parts: Buffer[]) =>
    box(type, Buffer.of(version, 0, 0, 0), ...parts);
  const entry = (id: number, type: string, name: string) =>
    full('infe', 2, u16(id), u16(0), latin(`${type}${name}\0`));
  const ftyp = box('ftyp', latin('heic\0\0\0\0mif1heic'));
  const data = [shown[0] ?? Buffer.alloc(0), latin(secret)];
  const own = [shown[1] ?? Buffer.alloc(0), latin(`XMP ${secret}`)];
  const meta = (first: number) => {
    const place = (id: number, method: number, start: number, length: number) =>
      Buffer.concat([u16(id), u16(method), u16(0), u16(1), u32(start), u32(length)]);
    const lengths = [data, own].map((parts) => parts.map(({ length }) => length));
    return full(
      'meta',
      0,
      full('hdlr', 0, latin('\0\0\0\0pict'), Buffer.alloc(13)),
      full('pitm', 0, u16(2)),
      full(
        'iloc',
        1,
        Buffer.of(0x44, 0),
        u16(4),
        place(1, 0, first, lengths[0]?.[0] ?? 0),
        place(2, 1, 0, lengths[1]?.[0] ?? 0),
        place(3, 0, first + (lengths[0]?.[0] ?? 0), lengths[0]?.[1] ?? 0),
        place(4, 1, lengths[1]?.[0] ?? 0, lengths[1]?.[1] ?? 0),
      ),
      full(
        'iinf',
        0,
        u16(4),
        entry(1, 'hvc1', secret),
        entry(2, 'grid', ''),
        entry(3, 'Exif', ''),
        entry(4, 'mime', '\0application/rdf+xml'),
      ),
      box(
        'iprp',
        box('ipco', box('irot', Buffer.of(3)), full('udes', 0, latin(`en\0${secret}\0\0\0`))),
        full('ipma', 0, u32(0)),
      ),
      box('idat', ...own),
      box('uuid', latin(secret)),
    );
  };
  const start = ftyp.length + meta(0).length + 8;
  const picture = Buffer.concat([
    ftyp,
    meta(start),
    box('mdat', ...data),
    box('uuid', latin(secret)),
    box('free', latin(secret)),
  ]);
  return { picture, shown };
}
