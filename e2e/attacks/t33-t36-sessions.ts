import { type Attack, Tally } from './attack.ts';
import { type Account, type Caller, newCaller, signIn } from './means/caller.ts';
import { newAccount } from './means/cast.ts';
import { resetPassword } from './means/flows.ts';
import { inTables } from './means/tables.ts';
import { comesTrue, type Target } from './means/target.ts';
import { dataOf } from './means/wire.ts';

/** A thief’s copy of everything that a browser holds. */
function copyOf(target: Target, { portal, cookies }: Caller): Caller {
  const thief = newCaller(target.apiUrl, portal);
  for (const [name, value] of cookies) thief.cookies.set(name, value);
  return thief;
}

const statusOf = async (caller: Caller): Promise<number> => (await caller.ask({ path: '/v1/me' })).status;

interface Listed {
  readonly id: string;
  readonly current: boolean;
}
const sessionsOf = async (caller: Caller): Promise<Listed[]> =>
  (dataOf(await caller.ask({ path: '/v1/sessions' })) as { data: Listed[] }).data;

/**
 * Sessions are opaque and looked up: there is no token that could be refreshed, so what has to hold is that the one
 * secret there is dies for everybody at once, and that using it twice at the same time ends nothing.
 */
export const t33: Attack = {
  id: 'T33',
  title: 'Stolen session secret replayed (there are no refresh tokens)',
  async run({ target, fast }) {
    const tally = new Tally();
    const account = await newAccount(target, 'patient');
    const owner = await signIn(target, account);
    const thief = copyOf(target, owner);
    const before = [...owner.cookies];
    await owner.send('DELETE', '/v1/sessions/current');
    tally.held((await statusOf(thief)) === 401, 'A copied cookie works after signing out');

    const again = await signIn(target, account);
    tally.held(
      before.every(([name, value]) => name.endsWith('-device') || again.cookies.get(name) !== value),
      'Signing in again gives the same secret',
    );
    tally.held(
      (await statusOf(thief)) === 401,
      'A copied cookie works again once its owner has signed in again',
    );

    const tabs = [again, copyOf(target, again)];
    const rounds = fast ? 5 : 50;
    for (let round = 0; round < rounds; round += 1) {
      const renewed = await Promise.all(tabs.map((tab) => tab.send('PUT', '/v1/sessions/current')));
      tally.held(
        renewed.every(({ status }) => status === 200),
        'Of two tabs that renew at once one was signed out',
        2,
      );
    }

    // The sixth pushes the first one out, in which the thief sits as well.
    const stolen = copyOf(target, again);
    const later: Caller[] = [];
    for (let count = 0; count < 5; count += 1) later.push(await signIn(target, account));
    tally.held((await statusOf(stolen)) === 401, 'A session beyond the newest five works');
    tally.note('opaque sessions: sign-out, rotation, two tabs at once, oldest of six');
    return tally.outcome;
  },
};

/** What ends sessions, and which of the three end by it: the one that acts, another of the account, a stranger's. */
interface Event {
  readonly name: string;
  readonly ends: readonly ['own' | 'other', ...('own' | 'other')[]];
  readonly act: (own: Caller, other: Caller, account: Account, target: Target) => Promise<unknown>;
}

const newPassword = 'nine early ferries';

const events: readonly Event[] = [
  { name: 'signing out', ends: ['own'], act: (own) => own.send('DELETE', '/v1/sessions/current') },
  {
    name: 'ending another session',
    ends: ['other'],
    act: async (own) => {
      for (const { id, current } of await sessionsOf(own)) {
        if (!current) await own.send('DELETE', `/v1/sessions/${id}`);
      }
    },
  },
  {
    name: 'changing the password',
    ends: ['other'],
    act: async (own, _, { password }) => {
      const changed = await own.send('PUT', '/v1/me/password', { currentPassword: password, newPassword });
      if (changed.status !== 204)
        throw new Error(`Changing the password was answered with ${changed.status}`);
    },
  },
  {
    name: 'a forgotten password',
    ends: ['own', 'other'],
    act: (_own, _other, account, target) => resetPassword(target, account, newPassword),
  },
  {
    name: 'disabling the account',
    ends: ['own', 'other'],
    act: async (_own, _other, { portal, id }, { ownerUrl }) => {
      await inTables(ownerUrl, (database) =>
        database.rows(`update ${portal}s set disabled_at = now() where id = $1`, [id]),
      );
    },
  },
];

/** Each cookie, copied beforehand, is dead after each event, within a second. */
export const t36: Attack = {
  id: 'T36',
  title: 'Logout, password change, disable leave sessions alive',
  async run({ target }) {
    const tally = new Tally();
    let slowest = 0;
    for (const portal of ['clinician', 'patient'] as const) {
      for (const { name, ends, act } of events) {
        const account = await newAccount(target, portal);
        const own = await signIn(target, account);
        const other = await signIn(target, account);
        const copies = { own: copyOf(target, own), other: copyOf(target, other) };
        for (const copy of Object.values(copies)) {
          if ((await statusOf(copy)) !== 200)
            throw new Error(`A session of ${portal} did not work before ${name}.`);
        }
        await act(own, other, account, target);
        const since = performance.now();
        for (const whose of ends) {
          const dead = await comesTrue(async () => (await statusOf(copies[whose])) === 401, 1_500, 20);
          tally.held(dead, `After ${name} a ${portal}’s ${whose} cookie still works`);
        }
        slowest = Math.max(slowest, performance.now() - since);
        const spared = (['own', 'other'] as const).filter((whose) => !ends.includes(whose));
        for (const whose of spared) {
          tally.held(
            (await statusOf(copies[whose])) === 200,
            `${name} ended the ${whose} session of a ${portal} as well`,
          );
        }
      }
    }
    tally.note(`${events.length} events at both portals, the slowest end after ${slowest.toFixed(0)} ms`);
    return tally.outcome;
  },
};
