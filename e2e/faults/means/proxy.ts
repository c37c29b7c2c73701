import { createServer, connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Stands between the product and PostgreSQL, and can do to their connections what networks do. */
export interface Proxy {
  /** The same database, reached through here. */
  readonly through: (url: string) => string;
  /** From now on the connections that exist carry nothing any more, and nobody is told. New ones work. */
  readonly swallow: () => number;
  /**
   * Does something when PostgreSQL has answered the nth thing that the API sends from now on, and keeps that answer back.
   * @returns a function that tells how much was sent so far, and stops counting
   */
  readonly atAnswer: (nth: number, act: () => void) => () => number;
  readonly close: () => Promise<void>;
}

interface Pipe {
  readonly near: Socket;
  readonly far: Socket;
  isSwallowed: boolean;
  isApi: boolean;
  awaited: boolean;
}

/** The connections of the API's own pool say so in the first thing that they send. */
const apiName = Buffer.from('casetalk-api');

/** @param port where PostgreSQL answers on this machine */
export async function openProxy(port: number): Promise<Proxy> {
  const pipes = new Set<Pipe>();
  let counting: { sent: number; readonly nth: number; readonly act: () => void } | undefined;

  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    const pipe: Pipe = { near, far, isSwallowed: false, isApi: false, awaited: false };
    pipes.add(pipe);
    let isFirst = true;
    near.setNoDelay(true);
    far.setNoDelay(true);
    near.on('data', (chunk) => {
      if (isFirst) pipe.isApi = chunk.includes(apiName);
      isFirst = false;
      if (pipe.isSwallowed) return;
      if (counting && pipe.isApi) {
        counting.sent += 1;
        pipe.awaited = counting.sent === counting.nth;
      }
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (pipe.isSwallowed) return;
      if (pipe.awaited) {
        pipe.awaited = false;
        counting?.act();
        return;
      }
      near.write(chunk);
    });
    const end = (other: Socket): void => {
      if (pipe.isSwallowed) return;
      pipes.delete(pipe);
      other.destroy();
    };
    near.on('close', () => end(far));
    far.on('close', () => end(near));
    near.on('error', () => undefined);
    far.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port: own } = server.address() as AddressInfo;
  return {
    through(url) {
      const changed = new URL(url);
      changed.port = String(own);
      return changed.href;
    },
    swallow() {
      for (const pipe of pipes) pipe.isSwallowed = true;
      return pipes.size;
    },
    atAnswer(nth, act) {
      const mine = { sent: 0, nth, act };
      counting = mine;
      return () => {
        if (counting === mine) counting = undefined;
        return mine.sent;
      };
    },
    async close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      for (const { near, far } of pipes) {
        near.destroy();
        far.destroy();
      }
      await closed;
    },
  };
}
