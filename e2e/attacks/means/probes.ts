import { randomUUID } from 'node:crypto';
import { idempotencyHeader } from '@casetalk/contract';
import type { Clinic } from '../clinic.ts';
import { arranged, type Tally } from '../attack.ts';
import type { World } from '../world.ts';
import { readMatrix } from './access-matrix.ts';
import { faceOf } from './face.ts';
import { type ActorName, type Fixture, fixturesOf } from './fixtures.ts';
import { inParallel } from './in-parallel.ts';
import { formOf } from './multipart.ts';
import { bodyOf, readRoutes, type Route } from './routes.ts';
import { spareSessions } from './spare-sessions.ts';
import { type Answer, ask, freshNetwork } from './wire.ts';

/** Bodies for operations whose fields depend on one another, or are no JSON. */
const bodies: Readonly<Record<string, object>> = {
  sendMessage: { text: 'Hello', attachmentIds: [] },
  createInvitation: { email: 'stranger@example.com' },
  updateCase: { title: 'Knee pain' },
  correctInvitation: { language: 'es' },
  unsubscribeInOneClick: { 'List-Unsubscribe': 'One-Click' },
};

const onePixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** The operations that name a record in their path. */
export const withId = ({ path }: Route): boolean => path.includes('{');

/** What an operation's path names; a person is named as a clinician's or a patient's id. */
const kindOf = ({ path }: Route): string => /\{(\w+)\}/.exec(path)?.[1] ?? '';

/** A body of the kind that the operation takes. */
function contentOf(route: Route): { readonly body?: string | Buffer; readonly type?: string } {
  const { takes } = route;
  if (takes === undefined) return {};
  if (takes.startsWith('multipart/')) {
    return formOf({ fileName: 'knee.gif', type: 'image/gif', content: onePixel });
  }
  const fields = bodies[route.id] ?? bodyOf(route);
  if (takes === 'application/json') return { body: JSON.stringify(fields) };
  if (takes === 'application/x-www-form-urlencoded') {
    return { body: new URLSearchParams(Object.entries(fields)).toString() };
  }
  return { body: onePixel };
}

/** Sends an operation with an id in the first place of its path. @param others ids for the places behind it, by name */
function knock(
  { apiUrl }: World,
  route: Route,
  id: string,
  others: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const first = kindOf(route);
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === first ? id : (others[name] ?? randomUUID()),
  );
  const { body, type = route.takes } = contentOf(route);
  return ask(apiUrl, {
    method: route.method,
    path,
    headers: {
      ...headers,
      ...freshNetwork(),
      [idempotencyHeader]: randomUUID(),
      'if-match': '"999"',
      ...(body === undefined || type === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body }),
  });
}

/** What cannot be done with every file of a talk, and says so to the talk's own two people. */
const ownFileActs = new Set(['removeTalkUpload', 'shareAttachment']);

/** Whether a record is the actor's as much as it is A's or P1's in the matrix. */
const isParty = ({ kind, as }: Fixture, actor: ActorName): boolean =>
  kind === 'attachmentId' && (as[actor] === 'A' || as[actor] === 'P1');

/** Copies of a session that share the brakes between them. */
const copies = 10;

async function headersOf(world: World, clinic: Clinic, actor: ActorName) {
  if (actor === 'nobody') return [clinic.nobody.headers()];
  if (actor === 'disabled') return [clinic.disabled.headers()];
  return spareSessions(world, clinic[actor], copies);
}

/**
 * Knocks at every operation that names a record, with every id that was ever given out, as each of these actors. Doors
 * that docs/access-matrix.md opens must be open; every other one has to answer to the byte as for an id that nobody was
 * ever given.
 * @param isMine whether a route belongs to this attack
 */
export async function probeAll(
  world: World,
  tally: Tally,
  actors: readonly ActorName[],
  isMine: (route: Route) => boolean = () => true,
): Promise<void> {
  const clinic = await world.clinic();
  const routes = (await readRoutes(world.apiUrl)).filter((route) => withId(route) && isMine(route));
  const matrix = new Map(readMatrix().map((row) => [row.operation, row.cells]));
  const fixtures = fixturesOf(clinic);
  const others = { clinicianId: clinic.S.id, attachmentId: clinic.AP1.sentFile };
  for (const route of routes) arranged(matrix.has(route.id), `docs/access-matrix.md has no row ${route.id}`);

  for (const actor of actors) {
    const headers = await headersOf(world, clinic, actor);
    let turn = 0;
    const next = () => headers[(turn += 1) % headers.length] ?? {};
    for (const route of routes) {
      const cells = matrix.get(route.id) ?? {};
      const strange = await knock(world, route, randomUUID(), others, next());
      const closed = faceOf(strange);
      const isOpen = (fixture: Fixture): boolean =>
        fixture.kind === kindOf(route) && cells[fixture.as[actor]] === 'yes';
      arranged(
        strange.status === 404 || strange.status === 401 || strange.status === 403,
        `${route.id} answers ${actor} ${strange.status} for an id that does not exist: ${strange.text.slice(0, 200)}`,
      );
      const probe = async (fixture: Fixture): Promise<void> => {
        const open = isOpen(fixture);
        // A talk's own two people are told why they may not do something with what is theirs.
        if (!open && ownFileActs.has(route.id) && isParty(fixture, actor)) return;
        // Whoever may act here would change what the others ask for; that they may is proved by the tests of the API.
        if (open && route.method !== 'GET') return;
        const answer = await knock(world, route, fixture.id, others, next());
        const where = `${actor} ${route.id} ${fixture.name}`;
        if (open) arranged(answer.status === 200, `${where} answered ${answer.status}`);
        else tally.held(faceOf(answer) === closed, `${where}: ${answer.status} ${answer.text.slice(0, 120)}`);
      };
      await inParallel(fixtures, 12, probe);
    }
  }
}
