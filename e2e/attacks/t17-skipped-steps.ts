import { type Attack, arranged, Tally } from './attack.ts';
import { tokenOf } from '../support/registering.ts';
import { answerOf } from '../support/clinic.ts';
import { inviteByMail, newCase, somebody } from './clinic.ts';
import { newVisitor } from './means/actor.ts';
import { codeByText } from './means/registering-steps.ts';
import { codeOf } from './means/wire.ts';
import type { World } from './world.ts';

const steps = ['open', 'code', 'terms', 'password'] as const;
type Step = (typeof steps)[number];

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => {
    const rests = permutations(items.toSpliced(index, 1));
    for (const rest of rests) rest.unshift(item);
    return rests;
  });
}

/** Walks the steps in an order, each whatever the one before answered. @returns what each answered */
async function walk(
  world: World,
  order: readonly Step[],
  mobile: number,
): Promise<{ passed: Step[]; email: string }> {
  await world.passAnHour();
  const { A } = await world.clinic();
  const patient = somebody('Ana Ruiz', mobile);
  const { link } = await inviteByMail(world, A, await newCase(A, patient.name), patient);
  const browser = newVisitor(world, 'patient');
  const { client } = browser;
  const { version, language } = await answerOf(client.getTerms());
  const doors: Record<Step, () => Promise<{ ok: boolean }>> = {
    open: () => client.startRegistration({ body: { token: tokenOf(link) } }),
    code: async () => {
      const code = await codeByText(world, browser, patient.mobile).catch(() => undefined);
      return client.submitRegistrationCode({ body: { code: code ?? '000000' } });
    },
    terms: () => client.acceptRegistrationTerms({ body: { version, language } }),
    password: () => client.setRegistrationPassword({ body: { password: patient.password } }),
  };
  const passed: Step[] = [];
  for (const step of order) if ((await doors[step]()).ok) passed.push(step);
  const signIn = await newVisitor(world, 'patient').send('POST', '/v1/sessions', {
    email: patient.email,
    password: patient.password,
  });
  const isIn = codeOf(signIn) !== 'wrong-credentials';
  return { passed: isIn ? passed : passed.filter((step) => step !== 'password'), email: patient.email };
}

/** What may pass of an order: each step only once the ones before it have. */
const allowed = (order: readonly Step[]): Step[] => {
  const done: Step[] = [];
  for (const step of order) if (steps[done.length] === step) done.push(step);
  return done;
};

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const all = permutations(steps);
  const repeats: Step[][] = [
    ['open', 'code', 'code', 'terms', 'password', 'password'],
    ['open', 'open', 'code', 'terms', 'terms', 'password'],
    ['open', 'password', 'code', 'password', 'terms'],
    ['open', 'terms', 'terms', 'code', 'password', 'password'],
  ];
  const chosen = world.fast
    ? [
        ['open', 'code', 'password', 'terms'] as Step[],
        ['open', 'terms', 'password', 'code'] as Step[],
        [...steps],
      ]
    : [...all, ...repeats];
  let accounts = 0;
  for (const [index, order] of chosen.entries()) {
    const { passed, email } = await walk(world, order, 10 + (index % 40));
    const may = allowed(order);
    const isAccount =
      (await world.database.count('select count(*) from patients where email = $1', [email])) === 1;
    if (isAccount) accounts += 1;
    // A step that was taken may be answered the same when it is sent again; none may come before its turn.
    const early = passed.filter((step) => !may.includes(step));
    tally.held(early.length === 0, `${order.join(' → ')}: ${early.join(', ')} passed`);
    tally.held(
      isAccount === may.includes('password'),
      `${order.join(' → ')}: an account was${isAccount ? '' : ' not'} made`,
    );
  }
  arranged(accounts > 0, 'the true order makes an account');
  return tally;
}

export const t17: Attack = {
  id: 'T17',
  title: 'Steps of the registration are skipped or taken in another order',
  run: async (world) => (await run(world)).outcome,
};
