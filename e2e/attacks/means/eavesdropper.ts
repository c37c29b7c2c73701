import { request } from 'node:http';
import type { Caller } from './caller.ts';
import { comesTrue, type Target } from './target.ts';
import { freshNetwork } from './wire.ts';

/** Somebody's event stream, and everything that came through it. */
export interface Ear {
  heard(words: string): boolean;
  /** Waits a few seconds for it. */
  hears(words: string, milliseconds?: number): Promise<boolean>;
  /** Whether the product has ended the stream. */
  readonly isOver: boolean;
  close(): void;
}

/** Opens the event stream as a portal's tab does. @throws when it is refused */
export function eavesdrop({ apiUrl }: Pick<Target, 'apiUrl'>, caller: Pick<Caller, 'headers'>): Promise<Ear> {
  let text = '';
  let isOver = false;
  return new Promise((resolve, reject) => {
    const headers = { ...caller.headers(), ...freshNetwork(), accept: 'text/event-stream' };
    const outgoing = request(`${apiUrl}/v1/events`, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) {
        outgoing.destroy();
        reject(new Error(`The stream answered ${response.statusCode}.`));
        return;
      }
      response.on('data', (part: Buffer) => (text += part.toString()));
      for (const end of ['end', 'close', 'error'] as const) response.on(end, () => (isOver = true));
      resolve({
        heard: (words) => text.includes(words),
        hears: (words, milliseconds = 5000) => comesTrue(() => text.includes(words), milliseconds),
        get isOver() {
          return isOver;
        },
        close: () => outgoing.destroy(),
      });
    });
    outgoing.on('error', (error) => {
      isOver = true;
      reject(error);
    });
    outgoing.end();
  });
}
