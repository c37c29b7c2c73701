import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Attack, Tally } from './attack.ts';
import type { Caller } from './means/caller.ts';
import { newPair } from './means/cast.ts';
import { bodyOf, isAskable, pathOf, readRoutes, type Route, textFieldsOf } from './means/routes.ts';
import { changedBetween, fingerprints, settledFingerprints } from './means/tables.ts';

const sleep = 3;
const quotes: readonly string[] = [
  "'",
  '"',
  "''",
  '`',
  '\\',
  "'; drop table talks; --",
  "' or '1'='1",
  "' or 1=1 --",
  '" or ""="',
  "') or ('1'='1",
  `'; select pg_sleep(${sleep}); --`,
  `' || pg_sleep(${sleep}) || '`,
  `(select pg_sleep(${sleep}))`,
  "' union select password_hash from clinicians --",
  'name desc, (select 1)',
  'id"; --',
  '%27%20or%201=1',
  '1; rollback; --',
  "$1', '$2",
  '\u02bc or 1=1',
  "'::text",
  "e'\\x27'",
  '$$; select 1; $$',
  '/*',
  "{'$gt':''}",
];

/** No text becomes part of a statement: not as a value, and not as the name of a column to sort by. */
export const t47: Attack = {
  id: 'T47',
  title: 'SQL injection, identifier injection',
  async run({ target, fast, sources }) {
    const tally = new Tally();
    const { doctor, patient, caseId, talkId, doctorAccount } = await newPair(target);
    // A second world beside it: what nobody may get to see by a condition that is always true.
    const other = await newPair(target, { patientName: 'Somebody Elsewhere', title: 'Elsewhere' });
    const known = { caseId, talkId, clinicianId: doctorAccount.id };
    const routes = (await readRoutes(target.apiUrl)).filter(
      (route) => isAskable(route) && route.credentials.length > 0,
    );
    const attempts = fast ? quotes.slice(0, 12) : quotes;
    const foreign = [other.caseId, other.talkId, 'Somebody Elsewhere'];
    const before = await settledFingerprints(target.ownerUrl);

    const knock = async (caller: Caller, route: Route, path: string, body?: object): Promise<void> => {
      const { status, text, took } = await (body === undefined
        ? caller.ask({ method: route.method, path })
        : caller.send(route.method, path, body));
      const shown = `${route.method} ${path} ${body === undefined ? '' : JSON.stringify(body)}`;
      const isTold = status >= 400 && /syntax error|pg_|SQLSTATE|drizzle/i.test(text);
      const isElsewhere = foreign.some((id) => text.includes(id));
      tally.held(
        status < 500 && took < sleep * 1000 && !isTold && !isElsewhere,
        `${shown.slice(0, 160)}: ${status} after ${took.toFixed(0)} ms, ${text.slice(0, 80)}`,
      );
    };
    for (const route of routes) {
      const caller = route.credentials.includes('clinicianSession') ? doctor : patient;
      if (route.method === 'GET') {
        for (const name of Object.keys(route.queries)) {
          for (const text of attempts) {
            const query = new URLSearchParams({ [name]: text });
            await knock(caller, route, `${pathOf(route, known)}?${query}`);
            // As the key of a place in a list, where a column's name travels.
            if (name === 'cursor') {
              const cursor = Buffer.from(JSON.stringify([text, '2026-01-01T00:00:00Z', talkId])).toString(
                'base64url',
              );
              await knock(caller, route, `${pathOf(route, known)}?cursor=${cursor}`);
            }
          }
        }
      }
      for (const [, name = ''] of route.path.matchAll(/\{(\w+)\}/g)) {
        for (const text of attempts) {
          const path = pathOf(route, { ...known, [name]: encodeURIComponent(text) });
          if (route.method === 'GET') await knock(caller, route, path);
        }
      }
    }
    const changed = changedBetween(before, await fingerprints(target.ownerUrl));
    tally.held(changed.length === 0, `Rows changed in ${changed.join(', ')}`);
    await fuzzBodies(routes, attempts, knock, doctor, patient);
    await readSources(join(sources, 'apps/api/src'), tally);
    tally.note(
      `${attempts.length} texts in every query, place and id of ${routes.length} routes and in every field of their bodies`,
    );
    return tally.outcome;
  },
};

/** In fields, such a text is a text: what would be written goes to ids that nobody has, or is written as it is. */
async function fuzzBodies(
  routes: readonly Route[],
  attempts: readonly string[],
  knock: (caller: Caller, route: Route, path: string, body: object) => Promise<void>,
  doctor: Caller,
  patient: Caller,
): Promise<void> {
  for (const route of routes) {
    // Passwords are counted, and their tries run out.
    if (/[Pp]assword|Terms/.test(route.id)) continue;
    const caller = route.credentials.includes('clinicianSession') ? doctor : patient;
    for (const name of textFieldsOf(route)) {
      for (const text of attempts.slice(0, 12))
        await knock(caller, route, pathOf(route), bodyOf(route, { [name]: text }));
    }
  }
}

/** The one way in which the product's own code could build a statement from text. */
async function readSources(source: string, tally: Tally): Promise<void> {
  const files = await readdir(source, { recursive: true });
  for (const file of files) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
    const text = await readFile(join(source, file), 'utf8');
    tally.held(!/\bsql\.(?:raw|identifier)\s*\(/.test(text), `${file} builds a statement from text`, 0);
  }
}
