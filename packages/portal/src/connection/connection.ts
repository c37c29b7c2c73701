const listeners = new Set<() => void>();
let streamBroken = false;

const changed = () => {
  for (const listener of listeners) listener();
};

if (typeof addEventListener === 'function') {
  addEventListener('online', changed);
  addEventListener('offline', changed);
}

/** Told by the event stream: it has been broken for a while, or it is back. */
export function setStreamBroken(broken: boolean): void {
  if (broken === streamBroken) return;
  streamBroken = broken;
  changed();
}

/** False while the device or the service cannot be reached. */
export const isConnected = (): boolean => navigator.onLine && !streamBroken;

/** Calls back whenever the connection comes or goes; answers the function that stops it. */
export function watchConnection(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
