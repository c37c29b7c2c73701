import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { type ClamdStandIn, startClamdStandIn } from '@casetalk/local-stack';
import { createClamdScanner } from './clamd-scanner.ts';

let service: ClamdStandIn | undefined;
afterEach(() => service?.close());

async function clamd(judge: (file: Buffer) => string, mostBytes?: number) {
  service = await startClamdStandIn(judge, mostBytes);
  return createClamdScanner(service.address);
}

const inPieces = (...pieces: string[]): Readable =>
  Readable.from(
    pieces.map((piece) => Buffer.from(piece)),
    { objectMode: false },
  );

describe('a scan', () => {
  test('hands over the whole file, whatever the pieces, and tells clean from infected', async () => {
    const seen: string[] = [];
    const scanner = await clamd((file) => {
      seen.push(file.toString());
      return file.includes('harm') ? 'stream: Local.Harm FOUND' : 'stream: OK';
    });
    expect(await scanner.scan(inPieces('a picture', ' of a jaw'))).toBe('clean');
    expect(await scanner.scan(inPieces('ha', 'rm'))).toBe('infected');
    expect(await scanner.scan(inPieces())).toBe('clean');
    expect(seen).toEqual(['a picture of a jaw', 'harm', '']);
  });

  test.each([
    'stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND',
    'stream: Can’t allocate memory ERROR',
    'UNKNOWN COMMAND',
    '',
  ])('that ends with “%s” has told nothing, and never passes for clean', async (words) => {
    const scanner = await clamd(() => words);
    await expect(scanner.scan(inPieces('a picture'))).rejects.toThrow('The scanner could not tell');
  });

  test('of a file beyond the scanner’s limit fails', async () => {
    const scanner = await clamd(() => 'stream: OK', 100_000);
    const large = Readable.from(Array.from({ length: 64 }, () => Buffer.alloc(65_536, 'a')));
    await expect(scanner.scan(large)).rejects.toThrow(/could not tell|ECONNRESET|EPIPE/);
  });

  test('fails when nobody listens, when the scanner hangs up, and when the file cannot be read', async () => {
    await expect(createClamdScanner('unix:/nowhere/clamd.sock').scan(inPieces('a'))).rejects.toThrow(
      'ENOENT',
    );
    const scanner = await clamd(() => 'stream: OK');
    const torn = Readable.from(
      (function* () {
        yield Buffer.from('half a pict');
        throw new Error('The file is damaged.');
      })(),
    );
    await expect(scanner.scan(torn)).rejects.toThrow('The file is damaged.');
  });
});
