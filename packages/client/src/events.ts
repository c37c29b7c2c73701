import { type Event, endpoints } from '@casetalk/contract';
import { type ClientSettings, headersOf, urlOf } from './request.ts';

export interface StreamHandlers {
  onEvent(event: Event): void;
  /** The stream is open: what changed before may have been missed, so ask again for what is on screen. */
  onOpen?(): void;
  /** The stream broke and will be opened again. */
  onBreak?(): void;
  /** The session is over; nothing more will come. */
  onEnd?(): void;
}

export interface EventSubscription {
  close(): void;
}

const firstDelay = 500;
const longestDelay = 15_000;

/**
 * Reads the event stream (WHATWG HTML §9.2) through `fetch`, so that it works in any program and its end can be told
 * from a lost connection. Reconnects with growing delays in milliseconds, spread at random.
 */
export function followEvents(
  settings: ClientSettings,
  fetcher: typeof globalThis.fetch,
  handlers: StreamHandlers,
): EventSubscription {
  const stop = new AbortController();
  void follow();
  return { close: () => stop.abort() };

  async function follow(): Promise<void> {
    let delay = firstDelay;
    while (!stop.signal.aborted) {
      try {
        const headers = headersOf(settings, endpoints.streamEvents, {});
        headers.set('accept', 'text/event-stream');
        const response = await fetcher(urlOf(settings, endpoints.streamEvents, {}), {
          headers,
          credentials: 'same-origin',
          cache: 'no-store',
          signal: stop.signal,
        });
        if (response.status === 401) return handlers.onEnd?.();
        if (response.ok && response.body) {
          delay = firstDelay;
          handlers.onOpen?.();
          for await (const event of parseEvents(response.body)) handlers.onEvent(event);
        } else {
          await response.body?.cancel();
        }
      } catch {
        // A broken connection is expected here: the loop opens the next one.
      }
      if (stop.signal.aborted) return;
      handlers.onBreak?.();
      await pause(delay * (0.5 + Math.random()), stop.signal);
      delay = Math.min(delay * 2, longestDelay);
    }
  }
}

async function* parseEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<Event> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const blocks = (rest + value).replaceAll('\r\n', '\n').split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = block
          .split('\n')
          .filter((row) => row.startsWith('data:'))
          .map((row) => row.slice(5).trimStart())
          .join('\n');
        if (data !== '') yield JSON.parse(data) as Event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
