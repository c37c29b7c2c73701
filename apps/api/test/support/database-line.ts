import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The way to PostgreSQL, through a relay that can be cut as a restart cuts it. */
export interface DatabaseLine {
  /** The same connection string, led through the relay. */
  through(url: string): string;
  /** Ends every connection and takes no new one. */
  cut(): Promise<void>;
  /** Keeps every connection open and lets nothing through any more, as a lost network does. */
  freeze(): void;
  /** Takes connections again; what was frozen stays so. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function databaseLine(): Promise<DatabaseLine> {
  const sockets = new Set<Socket>();
  let target = 0;
  let frozen = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    return socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (frozen) return;
    const far = keep(connect(target, '127.0.0.1'));
    near.pipe(far);
    far.pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  const listen = (port: number) =>
    new Promise<number>((resolve) => {
      server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
  const port = await listen(0);

  async function cut(): Promise<void> {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  return {
    through(url) {
      const led = new URL(url);
      target = Number(led.port);
      led.port = String(port);
      return led.href;
    },
    cut,
    freeze() {
      frozen = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    async restore() {
      frozen = false;
      if (!server.listening) await listen(port);
    },
    close: cut,
  };
}
