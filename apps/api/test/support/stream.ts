import type { Event } from '@casetalk/contract';
import type { Client } from '@casetalk/client';

/** One person's open event stream, with everything that has come through it. */
export interface Stream {
  readonly seen: readonly Event[];
  /** The first event, past or to come, that fits. */
  heard(fits: (event: Event) => boolean): Promise<Event>;
  close(): void;
}

/** Opens a stream and waits until it is open, so that nothing published afterwards is missed. */
export async function listen(client: Client): Promise<Stream> {
  const seen: Event[] = [];
  const waiting = new Set<() => void>();
  const opened = Promise.withResolvers<void>();
  const subscription = client.events({
    onOpen: opened.resolve,
    onEvent(event) {
      seen.push(event);
      for (const look of waiting) look();
    },
  });
  await opened.promise;
  return {
    seen,
    heard: (fits) =>
      new Promise((resolve) => {
        const look = (): void => {
          const event = seen.find(fits);
          if (!event) return;
          waiting.delete(look);
          resolve(event);
        };
        waiting.add(look);
        look();
      }),
    close: () => subscription.close(),
  };
}
