import { pace, type Shot, targetOf } from '../load/requests.ts';
import { median, percentile } from '../load/statistics.ts';
import { headersOf, readSignedIn } from '../world/signed-in.ts';
import { asMilliseconds, asTimes, type Figure, type Row } from './figure.ts';

const signInsPerSecond = 50;
const othersPerSecond = 100;
const pulsesPerSecond = 20;

let attempts = 0;

/**
 * A sign-in with an address that nobody has: it costs the same hash as any other. Each comes from a network of its own,
 * as the portals' web server would say, or the limit by network would turn the storm away before it begins.
 */
function signIn(): Shot {
  attempts += 1;
  const network = `10.${(attempts >> 16) & 255}.${(attempts >> 8) & 255}.${attempts & 255}`;
  return {
    method: 'POST',
    path: '/v1/sessions',
    headers: { 'content-type': 'application/json', 'casetalk-portal': 'patient', 'x-forwarded-for': network },
    body: JSON.stringify({ email: `nobody-${attempts}@example.com`, password: 'seven quiet lanterns' }),
  };
}

/** What fifty sign-ins a second do to everybody else. */
export const signInStormFigure: Figure = {
  name: 'sign-in-storm',
  async measure(world): Promise<Row[]> {
    const { rounds, roundMilliseconds } = world.options;
    const { url, adminUrl } = await world.product('large');
    const people = await readSignedIn(adminUrl);
    const [others, storm, pulse] = [targetOf(url, 64), targetOf(url, 256), targetOf(url, 4)];
    const read = (): Shot => {
      const seat = people.anySeat();
      return { method: 'GET', path: `/v1/talks/${seat.talkId}/messages?limit=50`, headers: headersOf(seat) };
    };
    const milliseconds = roundMilliseconds * 2;
    const p99 = async (): Promise<number> => {
      const answers = await pace(others, read, { perSecond: othersPerSecond, milliseconds });
      const refused = answers.find(({ status }) => status !== 200);
      if (refused) throw new Error(`Another request was answered with ${refused.status}.`);
      return percentile(
        answers.map(({ latency }) => latency),
        99,
      );
    };
    world.say('Measuring sign-in-storm …');
    await p99();
    const calm: number[] = [];
    const stormy: number[] = [];
    const pulses: number[] = [];
    const livez = (): Shot => ({ method: 'GET', path: '/livez', headers: {} });
    const statuses = new Map<number, number>();
    for (let round = 0; round < rounds; round += 1) {
      calm.push(await p99());
      const signIns = pace(storm, signIn, { perSecond: signInsPerSecond, milliseconds });
      const pulsing = pace(pulse, livez, { perSecond: pulsesPerSecond, milliseconds });
      stormy.push(await p99());
      pulses.push(...(await pulsing).map(({ latency }) => latency));
      for (const { status } of await signIns) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    others.agent.destroy();
    storm.agent.destroy();
    pulse.agent.destroy();
    const ratio = median(stormy.map((value, round) => value / (calm[round] ?? value)));
    const answered = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
    return [
      {
        figure: 'sign-in storm (50/s) on other requests’ p99',
        value: ratio,
        measured: `${asTimes(ratio)} (${median(calm).toFixed(1)} → ${median(stormy).toFixed(1)} ms; sign-ins: ${answered})`,
        target: { direction: 'at most', floor: 2, goal: 1.2, write: asTimes },
      },
      {
        figure: '  /livez meanwhile, p99',
        value: percentile(pulses, 99),
        measured: `${asMilliseconds(percentile(pulses, 99))} (${pulses.length} requests)`,
        target: { direction: 'at most', floor: 100, goal: 30, write: asMilliseconds },
      },
    ];
  },
};
