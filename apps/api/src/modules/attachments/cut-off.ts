import type { Readable } from 'node:stream';

/** How often it is asked whether reading goes on, in milliseconds: access that ends ends within a second. */
const askEvery = 400;

/**
 * Passes bytes on for as long as they may be read; then the stream breaks off, and with it the answer, whose length is
 * known to be more. When it cannot be found out, it breaks off as well.
 */
export function cutOff(bytes: Readable, mayRead: () => Promise<boolean>): Readable {
  let asking = false;
  const stop = (): void => void bytes.destroy(new Error('Reading was ended.'));
  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    mayRead().then((may) => {
      asking = false;
      if (!may) stop();
    }, stop);
  }, askEvery);
  bytes.once('close', () => clearInterval(timer));
  return bytes;
}
