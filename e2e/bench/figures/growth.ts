import { compare, type Contender } from '../load/rounds.ts';
import { targetOf } from '../load/requests.ts';
import { headersOf, readSignedIn, type Seat, type SignedIn } from '../world/signed-in.ts';
import type { SizeName, World } from '../world/world.ts';
import { asTimes, type Figure, type Row } from './figure.ts';

/** Whether what one person asks for grows with what everybody else has. */
function growth(name: string, title: string, path: string, seatOf: (people: SignedIn) => Seat): Figure {
  const contender = async (world: World, size: SizeName): Promise<Contender> => {
    const { url, pid, adminUrl } = await world.product(size);
    const people = await readSignedIn(adminUrl);
    return {
      target: targetOf(url, world.options.connections),
      next: () => ({ method: 'GET', path, headers: headersOf(seatOf(people)) }),
      pid,
    };
  };
  return {
    name,
    async measure(world): Promise<Row[]> {
      const { rounds, roundMilliseconds, connections } = world.options;
      const large = await contender(world, 'large');
      const small = await contender(world, 'small');
      const { pid } = await world.postgres();
      world.say(`Measuring ${name} …`);
      const course = { rounds, roundMilliseconds, connections, postgresPid: pid };
      const { ratio, range, first, second } = await compare(large, small, course);
      large.target.agent.destroy();
      small.target.agent.destroy();
      return [
        {
          figure: title,
          value: ratio,
          measured:
            `${asTimes(ratio)} (rounds ${range.map(asTimes).join(' to ')}); ` +
            `p50 ${first.p50.toFixed(1)} ms beside ${second.p50.toFixed(1)} ms`,
          target: { direction: 'at most', floor: 1.5, goal: 1.15, write: asTimes },
        },
      ];
    },
  };
}

export const inboxFigure: Figure = growth(
  'inbox',
  'inbox, all messages / a hundredth of them',
  '/v1/talks',
  (people) => people.anySeat(),
);
export const casesFigure: Figure = growth(
  'cases',
  'case list, all messages / a hundredth of them',
  '/v1/cases',
  (people) => people.anyClinician(),
);
