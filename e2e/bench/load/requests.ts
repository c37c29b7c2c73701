import { Agent, request } from 'node:http';

/** One request, ready to be sent. */
export interface Shot {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface Target {
  readonly port: number;
  readonly agent: Agent;
}

/** Keeps at most so many connections to a server on this machine open. */
export const targetOf = (url: string, connections: number): Target => ({
  port: Number(new URL(url).port),
  agent: new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' }),
});

/** Sends one request and reads the whole answer. Rejects when the connection breaks. */
export function send({ port, agent }: Target, { method, path, headers, body }: Shot): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const outgoing = request(
      { host: '127.0.0.1', port, agent, method, path, headers: { ...headers, ...length } },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }),
        );
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** @throws with what was answered when it is no success: a figure of refusals would be a lie */
export function assertSuccess(shot: Shot, { status, body }: Answer): void {
  if (status >= 200 && status < 300) return;
  throw new Error(`${shot.method} ${shot.path} was answered with ${status}: ${body.slice(0, 400)}`);
}

/**
 * Keeps every connection busy until the time is over: the next request leaves when the answer before it has come.
 * @returns the milliseconds of each request, and of all together
 */
export async function saturate(
  target: Target,
  next: () => Shot,
  { connections, milliseconds }: { connections: number; milliseconds: number },
): Promise<{ latencies: number[]; elapsed: number }> {
  const latencies: number[] = [];
  const start = performance.now();
  const end = start + milliseconds;
  const worker = async (): Promise<void> => {
    for (let now = start; now < end; ) {
      const shot = next();
      const sent = performance.now();
      assertSuccess(shot, await send(target, shot));
      now = performance.now();
      latencies.push(now - sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return { latencies, elapsed: performance.now() - start };
}

/**
 * Sends at a steady pace, whether or not answers have come: a server that stalls is not spared.
 * @returns the milliseconds of each request and its answer's status
 */
export async function pace(
  target: Target,
  next: () => Shot,
  { perSecond, milliseconds }: { perSecond: number; milliseconds: number },
): Promise<{ latency: number; status: number }[]> {
  const answers: Promise<{ latency: number; status: number }>[] = [];
  const start = performance.now();
  const count = Math.ceil((perSecond * milliseconds) / 1000);
  while (answers.length < count) {
    const due = Math.min(count, Math.floor(((performance.now() - start) * perSecond) / 1000) + 1);
    while (answers.length < due) {
      const planned = start + (answers.length * 1000) / perSecond;
      answers.push(
        send(target, next()).then(({ status }) => ({ latency: performance.now() - planned, status })),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return Promise.all(answers);
}
