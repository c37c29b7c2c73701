import { createCipheriv, createDecipheriv, type Hash, type KeyObject, randomBytes } from 'node:crypto';
import { SealBroken } from './seal-broken.ts';

/**
 * Bytes of any length under one key, in chunks that open one by one: the STREAM construction (Hoang, Reyhanitabar, Rogaway,
 * Vizár: "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015) over AES-256-GCM. A chunk's nonce
 * is seven random bytes of the file, the chunk's number and whether it is the last: so chunks can be neither swapped nor
 * repeated, and a file cannot be cut short at the end of one.
 *
 *   header   "CTF" before a file's own bytes or "CTL" before the list of its parts, version 1, the seven bytes
 *   chunk    64 KiB of plain bytes (the last one less, or none), sealed; 16 bytes of tag
 *
 * The header is part of what each chunk is bound to: neither form opens as the other.
 */
export const chunkSize = 64 * 1024;
export const headerLength = 11;
const tagLength = 16;
const sealedChunk = chunkSize + tagLength;
/** What the sealed bytes are: a file's own, or the list of the parts in which it lies (file-list.ts). */
export type SealedForm = 'file' | 'list';
const magics: Readonly<Record<SealedForm, Buffer>> = {
  file: Buffer.from('CTF\u0001', 'latin1'),
  list: Buffer.from('CTL\u0001', 'latin1'),
};
const magicLength = magics.file.length;
const prefixLength = headerLength - magicLength;
const cipherOptions = { authTagLength: tagLength } as const;

/** One file's key, and whose file it is: part of what each chunk is bound to. */
export interface FileSeal {
  readonly key: KeyObject;
  readonly fileId: string;
  readonly ownerId: string;
}

/** Part of a file: first and last plain byte, both inclusive. */
export interface PlainRange {
  readonly start: number;
  readonly end: number;
}

const bindingOf = ({ fileId, ownerId }: FileSeal, header: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`casetalk file|1|${fileId}|${ownerId}|`, 'latin1'), header]);

function nonceOf(header: Buffer, index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(prefixLength + 5);
  header.copy(nonce, 0, magicLength);
  nonce.writeUInt32BE(index, prefixLength);
  nonce[prefixLength + 4] = isLast ? 1 : 0;
  return nonce;
}

/** How many chunks a file of this size has; even an empty one has a last chunk. */
export const chunksOf = (size: number): number => Math.max(1, Math.ceil(size / chunkSize));

/** How many bytes a file of this size has once it is sealed. */
export const sealedSize = (size: number): number => headerLength + size + chunksOf(size) * tagLength;

/** How many plain bytes so many sealed ones hold: the other way round. */
export const plainSize = (sealed: number): number => {
  const chunks = Math.max(1, Math.ceil((sealed - headerLength) / sealedChunk));
  return sealed - headerLength - chunks * tagLength;
};

/** In which form something was sealed; undefined for what was not. */
export const formOf = (header: Buffer): SealedForm | undefined =>
  header.length === headerLength
    ? (['file', 'list'] as const).find((form) => header.subarray(0, magicLength).equals(magics[form]))
    : undefined;

/**
 * Seals bytes as they pass by.
 * @param plain told of every byte that passed
 */
export async function* sealBytes(
  source: AsyncIterable<Buffer>,
  seal: FileSeal,
  plain: { size: number; readonly hash: Hash },
  form: SealedForm = 'file',
): AsyncGenerator<Buffer> {
  const header = Buffer.concat([magics[form], randomBytes(prefixLength)]);
  const binding = bindingOf(seal, header);
  let held: Buffer[] = [];
  let length = 0;
  let index = 0;

  function* sealChunk(isLast: boolean): Generator<Buffer> {
    const cipher = createCipheriv('aes-256-gcm', seal.key, nonceOf(header, index, isLast)).setAAD(binding);
    for (const piece of held) yield cipher.update(piece);
    cipher.final();
    yield cipher.getAuthTag();
    held = [];
    length = 0;
    index += 1;
  }

  yield header;
  for await (const part of source) {
    plain.size += part.length;
    plain.hash.update(part);
    let rest = part;
    while (rest.length > 0) {
      // A full chunk waits for what follows: only then is it known not to be the last.
      if (length === chunkSize) yield* sealChunk(false);
      const piece = rest.subarray(0, chunkSize - length);
      held.push(piece);
      length += piece.length;
      rest = rest.subarray(piece.length);
    }
  }
  yield* sealChunk(true);
}

/**
 * Gives the memory of a sealed chunk back at once. Left to the collector, which comes by when many megabytes lie about,
 * a fast upload or download would make the process larger by as much.
 */
export function letGo(sealed: Buffer): void {
  const { buffer } = sealed;
  // A small buffer shares its memory with others.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === sealed.byteLength) buffer.transfer(0);
}

/** Where the chunks that hold a range stand in the sealed bytes, both ends inclusive. */
export function sealedRange(size: number, { start, end }: PlainRange): PlainRange {
  const [first, last] = [Math.floor(start / chunkSize), Math.max(0, Math.floor(end / chunkSize))];
  const lastLength = Math.min(size - last * chunkSize, chunkSize) + tagLength;
  return {
    start: headerLength + first * sealedChunk,
    end: headerLength + last * sealedChunk + lastLength - 1,
  };
}

/**
 * Opens a range of a file, chunk by chunk; no byte of a chunk leaves before the whole chunk is known to be right.
 * @param header the file's first bytes
 * @param source the sealed bytes of {@link sealedRange}; a piece that is just one chunk is gone once that chunk was opened
 * @param size of the plain file
 * @throws SealBroken when a byte was changed, moved or is missing
 */
export async function* openBytes(
  source: AsyncIterable<Buffer>,
  header: Buffer,
  seal: FileSeal,
  size: number,
  { start, end }: PlainRange,
): AsyncGenerator<Buffer> {
  const broken = (): SealBroken => new SealBroken(`bytes of file ${seal.fileId} of ${seal.ownerId}`);
  if (formOf(header) === undefined) throw broken();
  const binding = bindingOf(seal, header);
  const wanted = Math.max(0, Math.floor(end / chunkSize));
  const final = chunksOf(size) - 1;
  let index = Math.floor(start / chunkSize);
  let held: Buffer = Buffer.alloc(0);

  const sealedLength = (): number => Math.min(size - index * chunkSize, chunkSize) + tagLength;
  function openChunk(sealed: Buffer): Buffer {
    try {
      const nonce = nonceOf(header, index, index === final);
      const decipher = createDecipheriv('aes-256-gcm', seal.key, nonce, cipherOptions).setAAD(binding);
      decipher.setAuthTag(sealed.subarray(-tagLength));
      const plain = decipher.update(sealed.subarray(0, -tagLength));
      decipher.final();
      return plain;
    } catch {
      throw broken();
    }
  }

  for await (const part of source) {
    held = held.length === 0 ? part : Buffer.concat([held, part]);
    while (index <= wanted && held.length >= sealedLength()) {
      const sealed = held.subarray(0, sealedLength());
      const plain = openChunk(sealed);
      held = held.subarray(sealed.length);
      letGo(sealed);
      const at = index * chunkSize;
      index += 1;
      yield plain.subarray(Math.max(0, start - at), end - at + 1);
    }
  }
  if (index <= wanted) throw broken();
}
