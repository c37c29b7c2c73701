import pg from 'pg';
import { saturate, type Shot, targetOf } from '../load/requests.ts';
import { median, percentile } from '../load/statistics.ts';
import { headersOf, readSignedIn } from '../world/signed-in.ts';
import { asMilliseconds, type Figure, type Row } from './figure.ts';

/** The tables that a page of messages is read from. */
const tables = ['talks', 'messages', 'attachments', 'talk_read_states'];
/** Few, so that a request waits for its own work and not for others'. */
const connections = 2;

/**
 * What row-level security adds to a page of messages: the same requests to the same process, with the policies switched
 * off by the database's administrator in every other turn. The repositories' own filters stay, so both answer alike.
 */
export const rowSecurityFigure: Figure = {
  name: 'row-security',
  async measure(world): Promise<Row[]> {
    const { rounds, roundMilliseconds } = world.options;
    const { url, adminUrl } = await world.product('large');
    const people = await readSignedIn(adminUrl);
    const target = targetOf(url, connections);
    const next = (): Shot => {
      const seat = people.anySeat();
      return { method: 'GET', path: `/v1/talks/${seat.talkId}/messages?limit=50`, headers: headersOf(seat) };
    };
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    const turn = async (state: 'enable' | 'disable'): Promise<number> => {
      for (const table of tables) await admin.query(`alter table ${table} ${state} row level security`);
      // Every connection makes its plans anew after the switch.
      await saturate(target, next, { connections, milliseconds: roundMilliseconds / 4 });
      const { latencies } = await saturate(target, next, {
        connections,
        milliseconds: roundMilliseconds / 2,
      });
      return percentile(latencies, 50);
    };
    world.say('Measuring row-security …');
    const differences: number[] = [];
    const withPolicies: number[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        const without = await turn('disable');
        const guarded = await turn('enable');
        withPolicies.push(guarded);
        differences.push(guarded - without);
      }
    } finally {
      for (const table of tables) await admin.query(`alter table ${table} enable row level security`);
      await admin.end();
      target.agent.destroy();
    }
    const added = median(differences);
    return [
      {
        figure: 'row-level security adds to a page of messages, p50',
        value: added,
        measured: `${added.toFixed(2)} ms (rounds ${Math.min(...differences).toFixed(2)} to ${Math.max(...differences).toFixed(2)}; p50 with it ${median(withPolicies).toFixed(2)} ms)`,
        target: { direction: 'at most', floor: 0.5, goal: 0.25, write: asMilliseconds },
      },
    ];
  },
};
