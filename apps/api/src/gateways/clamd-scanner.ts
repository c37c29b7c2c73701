import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Scanner, Verdict } from './scanner.ts';

/** clamd says nothing until it has read everything; then it may take its time, in milliseconds. */
const patience = 120_000;

/** Where clamd listens: `unix:/run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`. */
function open(address: URL): Socket {
  return address.protocol === 'unix:'
    ? connect({ path: address.pathname })
    : connect({ host: address.hostname, port: Number(address.port || 3310) });
}

/** The file as clamd's INSTREAM wants it: each piece with its length before it, and a length of nothing at the end. */
async function* framed(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield Buffer.from('zINSTREAM\0');
  for await (const piece of source) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    yield length;
    yield piece;
  }
  yield Buffer.alloc(4);
}

/**
 * What clamd's answer means (clamd(8), INSTREAM): `stream: OK`, `stream: <signature> FOUND`, or an error.
 * @throws for anything that is neither: also when the file went beyond a limit of clamd's own, whose rest it never read
 */
export function verdictOf(answer: string): Verdict {
  const words = answer.replaceAll('\0', '').trim();
  if (words === 'stream: OK') return 'clean';
  if (words.endsWith(' FOUND') && !words.includes('Heuristics.Limits.Exceeded')) return 'infected';
  throw new Error(`The scanner could not tell: ${words.slice(0, 120) || 'no answer'}`);
}

/**
 * Scans with clamd over its own socket. Its limits (StreamMaxLength, MaxFileSize, MaxScanSize) must be above the largest
 * file that may be uploaded, with AlertExceedsMax on, or it would call clean what it has not read.
 * @param address `unix:` and a path, or `tcp:` and a host with its port
 */
export function createClamdScanner(address: string): Scanner {
  const url = new URL(address);
  return {
    scan: (source) =>
      new Promise<Verdict>((resolve, reject) => {
        const socket = open(url);
        let answer = '';
        const fail = (error: Error): void => {
          socket.destroy();
          source.destroy();
          reject(error);
        };
        socket
          .setEncoding('utf8')
          .setTimeout(patience, () => fail(new Error('The scanner does not answer.')));
        socket.on('data', (part: string) => {
          answer = (answer + part).slice(0, 1000);
        });
        socket.once('error', fail);
        socket.once('close', () => {
          try {
            resolve(verdictOf(answer));
          } catch (error) {
            fail(error as Error);
          }
        });
        // Our side stays open until clamd has answered and closes. It may do so early, as soon as it knows: what was not
        // yet written then needs no writing.
        pipeline(Readable.from(framed(source)), socket, { end: false }).catch((error: Error) => {
          if (answer === '') fail(error);
        });
      }),
  };
}
