import { Agent, request } from 'node:http';
import { type Attack, arranged, Tally } from './attack.ts';
import { inParallel } from './means/in-parallel.ts';
import { ask } from './means/wire.ts';
import type { World } from './world.ts';

/** Resets that one network may ask for in a minute. */
const perMinute = 10;
const path = '/v1/password-resets';
const body = (): string => JSON.stringify({ email: `nobody.${crypto.randomUUID().slice(0, 8)}@example.com` });
const headers = { 'content-type': 'application/json', 'casetalk-portal': 'patient' };

const passed = (statuses: readonly number[]): number => statuses.filter((status) => status !== 429).length;

const random = (most: number): number => 1 + Math.floor(Math.random() * most);
const anyAddress = (): string => `203.0.${random(250)}.${random(250)}`;

/** One /64 in the many ways in which its addresses can be written. */
function inOneNetwork(index: number): string {
  const host = [index, random(0xffff), random(0xffff), random(0xffff)];
  const groups = ['2001', 'db8', '7', 'a', ...host.map((group) => group.toString(16))];
  if (index % 4 === 0) return groups.map((group) => group.padStart(4, '0')).join(':');
  if (index % 4 === 1) return groups.join(':').toUpperCase();
  return index % 4 === 2 ? `2001:db8:7:a::${groups[7]}` : groups.join(':');
}

/** Asks from an address of this machine that is no web server of the product's. @returns undefined where there is none */
function askFromElsewhere(url: string, forwarded: string): Promise<number | undefined> {
  const { hostname, port } = new URL(url);
  const json = body();
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: hostname,
        port,
        path,
        method: 'POST',
        localAddress: '127.0.0.2',
        agent: elsewhere,
        headers: { ...headers, 'x-forwarded-for': forwarded, 'content-length': Buffer.byteLength(json) },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    outgoing.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRNOTAVAIL' || error.code === 'EINVAL' ? resolve(undefined) : reject(error),
    );
    outgoing.end(json);
  });
}

const elsewhere = new Agent({ keepAlive: true, maxSockets: 8 });

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const tries = world.size(500, 40);
  const times = Array.from({ length: tries });
  const from = async (forwarded: (index: number) => string, url = world.apiUrl): Promise<number[]> =>
    inParallel(
      times,
      8,
      async (_, index) =>
        (
          await ask(url, {
            method: 'POST',
            path,
            headers: { ...headers, 'x-forwarded-for': forwarded(index) },
            body: body(),
          })
        ).status,
    );
  // The machine's clock and the brake's window may part the tries in two.
  const most = perMinute * 2;
  const count = (what: string, statuses: readonly number[]): void => {
    arranged(passed(statuses) > 0, `${what}: somebody gets through`);
    tally.held(passed(statuses) <= most, `${what}: ${passed(statuses)} of ${tries} passed`, tries);
    tally.note(`${what}: ${passed(statuses)} of ${tries} passed`);
  };

  count(
    'made-up addresses before the true one',
    await from(() => `${anyAddress()}, ${anyAddress()}, 198.51.100.7`),
  );
  count('addresses of one /64', await from(inOneNetwork));
  count('made-up addresses through a portal', await from(anyAddress, world.patientUrl));
  const direct = await inParallel(times, 8, () => askFromElsewhere(world.apiUrl, anyAddress()));
  elsewhere.destroy();
  const statuses = direct.filter((status) => status !== undefined);
  if (statuses.length === 0)
    tally.note('this machine has no second address: past the web servers was not tried');
  else count('made-up addresses past the web servers', statuses);
  return tally;
}

export const t25: Attack = {
  id: 'T25',
  title: 'A brake is evaded by X-Forwarded-For, or by the addresses of one IPv6 network',
  run: async (world) => (await run(world)).outcome,
};
