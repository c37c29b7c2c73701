import { connect, type Socket } from 'node:net';
import { Agent } from 'node:http';
import { type Attack, Tally } from './attack.ts';
import { newPair } from './means/cast.ts';
import { percentile } from './means/statistics.ts';
import { comesTrue, type Target } from './means/target.ts';
import { ask } from './means/wire.ts';

const closedWithin = 20_000;
/** The most that a body of JSON may take, and a moment for the server to look. */
const bodyWithin = 35_000;
const healthy = 50;
/** Milliseconds between two requests of somebody else: some hundred of them, so that p99 is not just the slowest. */
const betweenRequests = 40;

interface Kind {
  readonly name: string;
  readonly share: number;
  /** What is sent at once. */
  readonly opening: string;
  /** What is sent a second at a time, for ever. */
  readonly drip: string;
}

/** Slow in the head of a request: nothing at all, letter by letter, header by header. */
const slowHeads: readonly Kind[] = [
  { name: 'silent', share: 0.2, opening: '', drip: '' },
  { name: 'half a line', share: 0.2, opening: 'GET /liv', drip: 'e' },
  {
    name: 'a header a second',
    share: 0.6,
    opening: 'GET /livez HTTP/1.1\r\nhost: x\r\n',
    drip: 'x-drip: 1\r\n',
  },
];
/** Slow in the body of one that anybody may send. */
const slowBodies: readonly Kind[] = [
  {
    name: 'a letter of JSON a second',
    share: 1,
    opening:
      'POST /v1/sessions HTTP/1.1\r\nhost: x\r\ncasetalk-portal: patient\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n{"email":"',
    drip: 'a',
  },
];

interface Open {
  readonly socket: Socket;
  closedAfter: number | undefined;
}

async function openAll(
  port: number,
  kinds: readonly Kind[],
  count: number,
): Promise<{ opened: Open[]; stop: () => void }> {
  const opened: Open[] = [];
  const drips: [Socket, string][] = [];
  for (const { share, opening, drip } of kinds) {
    for (let made = 0; made < Math.round(count * share); made += 1) {
      const begun = performance.now();
      const socket = connect(port, '127.0.0.1');
      const one: Open = { socket, closedAfter: undefined };
      socket.on('error', () => undefined);
      socket.on('close', () => (one.closedAfter = performance.now() - begun));
      socket.resume();
      socket.write(opening);
      opened.push(one);
      if (drip !== '') drips.push([socket, drip]);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const dripping = setInterval(() => {
    for (const [socket, drip] of drips) if (!socket.destroyed) socket.write(drip);
  }, 1000);
  return {
    opened,
    stop() {
      clearInterval(dripping);
      for (const { socket } of opened) socket.destroy();
    },
  };
}

/** Whoever takes connections and does not use them loses them, and meanwhile costs nobody else anything. */
export const t49: Attack = {
  id: 'T49',
  title: 'Slowloris, slow read, header flood',
  async run({ target, fast }) {
    const tally = new Tally();
    await slowly(target, tally, slowHeads, fast ? 200 : 1_000, closedWithin, true);
    if (!fast) await slowly(target, tally, slowBodies, 200, bodyWithin, false);
    await floodOfHeaders(target, tally);
    return tally.outcome;
  },
};

async function slowly(
  target: Target,
  tally: Tally,
  kinds: readonly Kind[],
  count: number,
  within: number,
  measured: boolean,
): Promise<void> {
  const { patient, doctor } = await newPair(target);
  const others = [patient, doctor];
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const { opened, stop } = await openAll(Number(new URL(target.apiUrl).port), kinds, count);
  const latencies: number[] = [];
  let isOver = false;
  const asking = (async () => {
    for (let count = 0; !isOver; count += 1) {
      const headers = others[count % others.length]?.headers() ?? {};
      const { status, took } = await ask(target.apiUrl, { path: '/v1/me', headers }, agent);
      if (status !== 200) throw new Error(`Somebody else was answered with ${status}.`);
      latencies.push(took);
      await new Promise((resolve) => setTimeout(resolve, betweenRequests));
    }
  })();
  const areClosed = () => opened.every(({ closedAfter }) => closedAfter !== undefined);
  await Promise.race([asking, comesTrue(areClosed, within + 1000, 100)]);
  isOver = true;
  await asking;
  stop();
  agent.destroy();
  const late = opened.filter(({ closedAfter = Infinity }) => closedAfter > within);
  tally.held(
    late.length === 0,
    `${late.length} of ${opened.length} slow connections are open after ${within / 1000} s`,
    opened.length,
  );
  const longest = Math.max(...opened.map(({ closedAfter = within }) => closedAfter));
  const p99 = percentile(latencies, 99);
  if (measured) tally.held(p99 < healthy, `p99 of others ${p99.toFixed(0)} ms`);
  const names = kinds.map(({ name }) => name).join(', ');
  tally.note(
    `${opened.length} (${names}) closed within ${(longest / 1000).toFixed(1)} s; p99 of ${latencies.length} requests of others ${p99.toFixed(0)} ms`,
  );
}

/** Two thousand headers, and one of a megabyte. */
async function floodOfHeaders({ apiUrl }: Target, tally: Tally): Promise<void> {
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`x-${index}`, 'y'.repeat(50)]));
  for (const headers of [many, { 'x-long': 'y'.repeat(1024 ** 2) }]) {
    const status = await ask(apiUrl, { path: '/livez', headers }).then(
      (answer) => answer.status,
      () => 0,
    );
    tally.held(status === 431 || status === 0, `A flood of headers was answered with ${status}`);
  }
}
