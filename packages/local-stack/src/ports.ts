import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** Listens for a moment: resolves with the port that was granted, or undefined when it is taken. */
function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      if (taken) resolve(undefined);
      else reject(error);
    });
    probe.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = probe.address();
      const granted = typeof address === 'object' && address !== null ? address.port : undefined;
      probe.close(() => resolve(granted));
    });
  });
}

/** Any port of 127.0.0.1 on which nothing listens now. */
export async function anyFreePort(): Promise<number> {
  const port = await tryPort(0);
  if (port === undefined) throw new Error('The operating system granted no port.');
  return port;
}

/**
 * The preferred port of 127.0.0.1 when it is free, otherwise the next free one above it.
 * `preferred` 0 means any. `moved` is true when another had to be taken, so that the caller can say so.
 */
export async function firstFreePort(
  preferred: number,
  reserved: ReadonlySet<number> = new Set(),
): Promise<{ readonly port: number; readonly moved: boolean }> {
  if (preferred === 0) return { port: await anyFreePort(), moved: false };
  const last = Math.min(preferred + 50, 65_535);
  for (let port = preferred; port <= last; port += 1) {
    if (reserved.has(port)) continue;
    if ((await tryPort(port)) !== undefined) return { port, moved: port !== preferred };
  }
  return { port: await anyFreePort(), moved: true };
}
