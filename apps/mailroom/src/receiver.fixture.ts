import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One callback as it came over the socket. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  /** The next callback in the order they came, waiting for it when there is none. */
  next(): Promise<Received>;
  /** Answers the next callbacks with these statuses, then 204 again. */
  answerWith(...statuses: number[]): void;
  close(): Promise<void>;
}

/** Listens for callbacks on a free port. */
export async function startReceiver(): Promise<Receiver> {
  const came: Received[] = [];
  const waiting: ((received: Received) => void)[] = [];
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const received = {
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      response.writeHead(statuses.shift() ?? 204).end();
      const wake = waiting.shift();
      if (wake === undefined) came.push(received);
      else wake(received);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    next: () => {
      const received = came.shift();
      if (received !== undefined) return Promise.resolve(received);
      return new Promise((resolve) => {
        waiting.push(resolve);
      });
    },
    answerWith: (...next) => {
      statuses.push(...next);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
