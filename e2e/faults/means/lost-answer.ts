import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Ask } from '../../attacks/means/wire.ts';

/**
 * Sends a request whole and hangs up before its answer is read, as a phone that loses its network does.
 * @param url where the server answers, without a path
 * @param after milliseconds between the last byte of the request and the end of the connection
 */
export async function loseAnswer(
  url: string,
  { method = 'POST', path, headers = {}, body = '' }: Ask,
  after: number,
): Promise<void> {
  const agent = new Agent({ keepAlive: false });
  const outgoing = request(`${url}${path}`, {
    method,
    agent,
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
  });
  outgoing.on('error', () => undefined);
  await new Promise<void>((resolve) => outgoing.end(body, () => resolve()));
  await delay(after);
  outgoing.destroy();
  agent.destroy();
}
