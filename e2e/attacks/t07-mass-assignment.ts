import { randomUUID } from 'node:crypto';
import { idempotencyHeader } from '@casetalk/contract';
import { type Attack, arranged, Tally } from './attack.ts';
import { inParallel } from './means/in-parallel.ts';
import { bodyOf, readRoutes } from './means/routes.ts';
import { changedBetween, fingerprints, settledFingerprints } from './means/tables.ts';
import { codeOf, freshNetwork } from './means/wire.ts';
import type { World } from './world.ts';

const camel = (name: string): string =>
  name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What a body might be made to set: every column that there is, and what frameworks are known to take along. */
async function tempting(world: World): Promise<string[]> {
  const columns = await world.database.rows<{ name: string }>(
    `select distinct column_name as name from information_schema.columns where table_schema = 'public'`,
  );
  const names = columns.flatMap(({ name }) => [name, camel(name)]);
  return [...new Set([...names, '__proto__', 'constructor', 'isAdmin', 'admin', '$set', 'role'])];
}

async function run(world: World): Promise<Tally> {
  const tally = new Tally();
  const clinic = await world.clinic();
  const { A, P1, AP1, caseId, invitations, nobody } = clinic;
  const names = await tempting(world);
  const known: Record<string, string> = {
    caseId,
    talkId: AP1.talkId,
    invitationId: invitations.toNewcomer,
    clinicianId: clinic.S.id,
    attachmentId: AP1.sentFile,
  };
  const routes = (await readRoutes(world.apiUrl)).filter(({ fields }) => fields !== undefined);
  arranged(routes.length > 10, 'operations with bodies');
  const before = await settledFingerprints(world.ownerUrl);
  for (const route of routes) {
    const patients = route.credentials.some((name) => /patient/i.test(name));
    const clinicians = route.credentials.some((name) => /clinician/i.test(name));
    // Flows of links stand behind doors of their own: who has opened none is refused before any body is read.
    if (!patients && !clinicians && route.credentials.length > 0) continue;
    const caller = clinicians ? A : patients ? P1 : nobody;
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? randomUUID());
    const extra = names.filter((name) => !(name in (route.fields ?? {})));
    const wanted = world.fast ? extra.filter((_, index) => index % 8 === 0) : extra;
    const body = JSON.stringify(bodyOf(route)).slice(0, -1);
    await inParallel(wanted, 12, async (name) => {
      const answer = await caller.ask({
        method: route.method,
        path,
        headers: {
          'content-type': 'application/json',
          [idempotencyHeader]: randomUUID(),
          'if-match': '"1"',
          ...freshNetwork(),
        },
        // Written by hand: `__proto__` would not survive JSON.stringify.
        body: `${body}${body === '{' ? '' : ','}"${name}":"${clinic.B.id}"}`,
      });
      const refused = codeOf(answer) === 'invalid-request' || codeOf(answer) === 'not-found';
      tally.held(refused, `${route.id} took ${name}: ${answer.status} ${answer.text.slice(0, 80)}`);
    });
  }
  const changed = changedBetween(before, await fingerprints(world.ownerUrl));
  tally.held(changed.length === 0, `Rows were written in ${changed.join(', ')}`);
  return tally;
}

export const t7: Attack = {
  id: 'T7',
  title: 'Mass assignment: every column’s name in every body',
  run: async (world) => (await run(world)).outcome,
};
