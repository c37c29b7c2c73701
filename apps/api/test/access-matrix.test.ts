import { endpoints, type OperationId, type Problem } from '@casetalk/contract';
import type { Client, Result } from '@casetalk/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calls } from './access/calls.ts';
import { actorNames, type ActorName, readMatrix } from './access/matrix.ts';
import { buildWorld, type World } from './access/world.ts';
import { goodPassword } from './support/people.ts';
import { answer } from './support/result.ts';

const matrix = readMatrix();
let world: World;

beforeAll(async () => {
  world = await buildWorld();
});
afterAll(() => world.api.close());

test('every operation of the contract has one row', () => {
  expect(matrix.map((row) => row.operation).toSorted()).toEqual(Object.keys(endpoints).toSorted());
});

describe('access matrix', () => {
  test.each(matrix.map((row) => [row.operation, row] as const))('%s', async (operation, row) => {
    const found: Partial<Record<ActorName, string>> = {};
    for (const actor of actorNames) {
      const client = await clientFor(actor, operation);
      const knock = await calls[operation](world);
      found[actor] = doorOf(await knock(client));
    }
    expect(found).toEqual(row.cells);
  });
});

/** A caller with a flow holds the flow that the operation is about: a registration's, a password reset's, a sign-in's. */
async function clientFor(actor: ActorName, operation: OperationId): Promise<Client> {
  const client = operation === 'signOut' ? await world.freshClientOf(actor) : world.clientOf(actor);
  if (actor !== 'flow') return client;
  const { access } = endpoints[operation] as { access: readonly string[] };
  if (access.includes('passwordReset')) {
    answer(await client.startPasswordReset({ body: { token: await world.resetToken() } }));
  } else if (access.includes('registration')) {
    answer(await client.startRegistration({ body: { token: await world.invitationToken() } }));
  }
  if (access.includes('signIn')) {
    answer(await client.signIn({ body: { email: world.P2.email, password: goodPassword } }));
  }
  return client;
}

const nothingHere: Problem = {
  type: '/problems/not-found',
  title: 'There is nothing here',
  status: 404,
  code: 'not-found',
};

/** Whether the door was open; what happened behind it is the business of other tests. */
function doorOf(result: Result<unknown>): string {
  if (result.ok) return 'yes';
  const { code, status } = result.problem;
  if (code === 'unauthenticated') return '401';
  if (code === 'not-found') {
    // The same to the letter as for something that does not exist: no detail, no hint.
    const { instance: _request, ...rest } = { instance: undefined, ...result.problem };
    return JSON.stringify(rest) === JSON.stringify(nothingHere)
      ? '404'
      : `a telling 404: ${JSON.stringify(rest)}`;
  }
  return status < 500 && status > 0 ? 'yes' : `${status} ${code}`;
}
