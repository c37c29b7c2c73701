import { connect, type Socket } from 'node:net';

/** What the measuring process asks for. */
export interface HoldStreams {
  readonly port: number;
  /** The headers of each stream's request, one set a stream. */
  readonly requests: readonly Record<string, string>[];
}

/** Sockets from one address to one port are bounded by the ephemeral ports; loopback has addresses to spare. */
const streamsPerAddress = 4000;
const openingAtOnce = 64;

const sockets: Socket[] = [];

function open(port: number, headers: Record<string, string>, index: number): Promise<boolean> {
  return new Promise((resolve) => {
    const localAddress = `127.0.0.${2 + Math.floor(index / streamsPerAddress)}`;
    const socket = connect({ host: '127.0.0.1', port, localAddress });
    sockets.push(socket);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`GET /v1/events HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}\r\n`);
    socket.once('data', (head) => resolve(head.toString().startsWith('HTTP/1.1 200')));
    socket.on('data', () => undefined);
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

/** Opens streams a few at a time and says how many were accepted; later says how many still stand. */
process.on('message', (task: HoldStreams | 'count') => {
  if (task === 'count') {
    process.send?.(sockets.filter((socket) => socket.readyState === 'open').length);
    return;
  }
  void (async () => {
    let accepted = 0;
    const left = task.requests.entries();
    const work = async (): Promise<void> => {
      for (const [index, headers] of left) {
        if (await open(task.port, headers, index)) accepted += 1;
      }
    };
    await Promise.all(Array.from({ length: openingAtOnce }, work));
    process.send?.(accepted);
  })();
});
process.on('disconnect', () => process.exit(0));
