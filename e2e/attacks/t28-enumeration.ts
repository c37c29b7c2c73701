import { portalHeader } from '@casetalk/contract';
import { openDatabase } from '../support/database.ts';
import type { Attack } from './attack.ts';
import { newAccount } from './means/cast.ts';
import { mannWhitney, median } from './means/statistics.ts';
import { held, hold } from './means/target.ts';
import { type Answer, ask, freshNetwork } from './means/wire.ts';

interface Door {
  readonly name: string;
  readonly path: string;
  readonly body: (email: string) => object;
}

const doors: readonly Door[] = [
  {
    name: 'sign-in',
    path: '/v1/sessions',
    body: (email) => ({ email, password: 'seven quiet lanterns' }),
  },
  { name: 'reset', path: '/v1/password-resets', body: (email) => ({ email }) },
  // The same act once more: a mail that is on its way already.
  { name: 'resend', path: '/v1/password-resets', body: (email) => ({ email }) },
];

/** Everything of an answer but what names this one request. */
function faceOf({ status, rawHeaders, text }: Answer): string {
  const headers = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !/^(?:date|x-request-id)$/i.test(name) ? [`${name}: ${rawHeaders[index + 1]}`] : [],
  );
  return `${status}\n${headers.join('\n')}\n${text.replace(/"instance":"[^"]*"/, '')}`;
}

/** Who has an account can be told neither by an answer's words nor by how long it takes. */
export const t28: Attack = {
  id: 'T28',
  title: 'Enumeration by text, status or time at sign-in, reset, resend',
  async run({ target, fast }) {
    const tries = fast ? 60 : 300;
    const { email: known } = await newAccount(target, 'patient');
    const unknown = `patient-${crypto.randomUUID().slice(0, 13)}@example.com`;
    const database = openDatabase(target.ownerUrl);
    const knock = async ({ path, body }: Door, email: string): Promise<Answer> =>
      ask(target.apiUrl, {
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json', [portalHeader]: 'patient', ...freshNetwork() },
        body: JSON.stringify(body(email)),
      });
    /** Tries are counted, of addresses that nobody has as well: forgotten, so that each one is a first one. */
    const forget = (door: Door) =>
      database.rows(door.name === 'sign-in' ? 'delete from sign_in_failures' : 'delete from rate_counters');

    const measure = async (door: Door): Promise<string> => {
      const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
      const faces: Record<'known' | 'unknown', Set<string>> = { known: new Set(), unknown: new Set() };
      for (let round = -5; round < tries; round += 1) {
        if (door.name !== 'resend') await forget(door);
        const pair = [
          ['known', known],
          ['unknown', unknown],
        ] as const;
        for (const [kind, email] of Math.random() < 0.5 ? pair : pair.toReversed()) {
          const answer = await knock(door, email);
          faces[kind].add(faceOf(answer));
          if (round >= 0) times[kind].push(answer.took);
        }
      }
      const seen = new Set([...faces.known, ...faces.unknown]);
      hold(seen.size === 1, `${door.name} answers differently: ${[...seen].slice(0, 2).join(' / ')}`);
      const gap = Math.abs(median(times.known) - median(times.unknown));
      const p = mannWhitney(times.known, times.unknown);
      hold(gap < 5, `${door.name} takes ${gap.toFixed(1)} ms longer for one of them`);
      hold(p > 0.01, `${door.name} tells by its time: p = ${p.toExponential(1)}, gap ${gap.toFixed(2)} ms`);
      return `${door.name} p = ${p.toFixed(2)}, ${gap.toFixed(2)} ms`;
    };
    try {
      const found: string[] = [];
      for (const door of doors) {
        // One time in a hundred nothing looks like something: what is there is there the second time as well.
        found.push(await measure(door).catch(() => measure(door)));
      }
      return held(tries * 2 * doors.length, `${tries} tries each, equal bytes; ${found.join('; ')}`);
    } finally {
      await database.close();
    }
  },
};
