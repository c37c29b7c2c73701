import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface ClamdStandIn {
  /** As the setting CLAMD_ADDRESS wants it. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Stands in for clamd where it is not installed, or where a test wants to say what it answers. Speaks clamd's side of INSTREAM (clamd(8)): reads the pieces up to the empty one, and answers what `judge` makes of the
 * file. With `mostBytes` it hangs up on larger ones, as clamd does beyond StreamMaxLength.
 * @param judge clamd's words, such as `stream: OK`; a promise holds the answer back
 */
export async function startClamdStandIn(
  judge: (file: Buffer) => string | Promise<string>,
  mostBytes = Number.POSITIVE_INFINITY,
): Promise<ClamdStandIn> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let held = Buffer.alloc(0);
    let judged = false;
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (part: Buffer) => {
      held = Buffer.concat([held, part]);
      const file = fileIn(held);
      if (held.length > mostBytes) socket.end('INSTREAM size limit exceeded. ERROR\0');
      else if (file && !judged) {
        judged = true;
        void Promise.resolve(judge(file)).then((words) => socket.end(`${words}\0`));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The file, once its last, empty piece is there. */
function fileIn(held: Buffer): Buffer | undefined {
  const command = Buffer.from('zINSTREAM\0');
  if (!held.subarray(0, command.length).equals(command)) return undefined;
  const pieces: Buffer[] = [];
  for (let at = command.length; at + 4 <= held.length; ) {
    const length = held.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(held.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
