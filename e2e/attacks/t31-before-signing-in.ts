import { arranged, type Attack } from './attack.ts';
import { type Account, type Caller, givePassword, newCaller, signIn } from './means/caller.ts';
import { newAccount, newPair, openCase } from './means/cast.ts';
import { newInvitee, openInvitation, openReset } from './means/flows.ts';
import { bodyOf, pathOf, readRoutes, type Route } from './means/routes.ts';
import { held, hold, holdNone, type Target } from './means/target.ts';
import { ask, dataOf, freshNetwork } from './means/wire.ts';

/** A cookie that somebody has before being signed in, and the credentials for which alone it is good. */
interface Before {
  readonly what: string;
  readonly holder: Caller;
  readonly opens: RegExp;
}

const call = (caller: Caller, route: Route, headers: Record<string, string> = {}) =>
  caller.ask({
    method: route.method,
    path: pathOf(route),
    headers: {
      'idempotency-key': crypto.randomUUID(),
      ...(route.fields ? { 'content-type': 'application/json' } : {}),
      ...freshNetwork(),
      ...headers,
    },
    ...(route.fields ? { body: JSON.stringify(bodyOf(route)) } : {}),
  });

/** What is handed out before somebody is proved opens nothing else, and is not what they have afterwards. */
export const t31: Attack = {
  id: 'T31',
  title: 'Fixation; session valid before second factor',
  async run({ target }) {
    const routes = (await readRoutes(target.apiUrl)).filter(
      ({ credentials, takes, id }) =>
        credentials.length > 0 && takes !== 'multipart/form-data' && !/Events$|Status$/.test(id),
    );
    const { doctor, doctorAccount, patientAccount } = await newPair(target);
    const befores: Before[] = [
      {
        what: 'registration',
        holder: (await openInvitation(target, doctor, await openCase(doctor), newInvitee())).browser,
        opens: /^registrationFlow$/,
      },
      {
        what: 'reset',
        holder: (await openReset(target, patientAccount)).browser,
        opens: /^patientPasswordReset$/,
      },
      {
        what: 'reset',
        holder: (await openReset(target, doctorAccount)).browser,
        opens: /^clinicianPasswordReset$/,
      },
    ];
    for (const account of [doctorAccount, await newAccount(target, 'patient')]) {
      const [holder, answer] = await givePassword(target, account);
      arranged(
        answer.status === 202,
        `a sign-in of a ${account.portal} that asks for a second factor, not ${answer.status}`,
      );
      befores.push({ what: 'password', holder, opens: new RegExp(`^${account.portal}SignIn$`) });
    }
    const wrong: string[] = [];
    let asked = 0;
    for (const { what, holder, opens } of befores) {
      arranged(holder.cookies.size > 0, `a cookie that comes with the ${what}`);
      const values = [...holder.cookies.values()];
      for (const route of routes) {
        if (!route.credentials.some((one) => opens.test(one))) {
          const { status } = await call(holder, route);
          asked += 1;
          if (status !== 401) wrong.push(`${what}’s cookie on ${route.id}: ${status}`);
        }
        for (const value of values) {
          // The same secret under the name of a session's cookie.
          const impostor = newCaller(target.apiUrl, holder.portal);
          impostor.cookies.set(`__Host-casetalk-${holder.portal}`, value);
          const { status } = await call(impostor, route);
          asked += 1;
          if (status !== 401) wrong.push(`${what}’s secret as a session on ${route.id}: ${status}`);
        }
      }
    }
    await plant(target, await newAccount(target, 'patient'));
    holdNone(wrong, 'let in before being signed in');
    return held(
      asked + 2,
      `${befores.length} kinds of cookie from before signing in: all 401; a planted id never becomes the session`,
    );
  },
};

/** Signs in from a browser into which somebody has put a session's id, and looks whether that id is the session. */
async function plant(target: Target, account: Account): Promise<void> {
  const planted = 'a'.repeat(43);
  const name = '__Host-casetalk-patient';
  const known = await signIn(target, account);
  known.cookies.set(name, planted);
  const { email, password } = account;
  dataOf(await known.send('POST', '/v1/sessions', { email, password }));
  hold(known.cookies.get(name) !== planted, 'The planted id became the session.');
  const { status } = await ask(target.apiUrl, { path: '/v1/me', headers: { cookie: `${name}=${planted}` } });
  hold(status === 401, `The planted id was answered with ${status}`);
}
