import { type Attack, Tally } from './attack.ts';
import { newPair } from './means/cast.ts';
import { bodyOf, changes, isAskable, pathOf, readRoutes } from './means/routes.ts';
import { changedBetween, fingerprints, settledFingerprints } from './means/tables.ts';
import { ask, codeOf } from './means/wire.ts';

/** Ways to say that something is JSON, or nearly, or not at all; the last one says nothing. */
const contentTypes: readonly (string | undefined)[] = [
  'application/json ; charset=utf-8',
  'application/json\t; a=b',
  'APPLICATION/JSON',
  'application/jsonp',
  'application/json-patch+json',
  'application/vnd.api+json',
  'text/plain',
  'text/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json, text/plain',
  'application/json; charset=utf-16',
  'a/b, application/json',
  undefined,
];

/** No content type leads past the schema: what does not fit the contract is written by none of them. */
export const t48: Attack = {
  id: 'T48',
  title: 'Schema bypass by Content-Type',
  async run({ target }) {
    const tally = new Tally();
    const { doctor, patient, caseId, talkId, doctorAccount } = await newPair(target);
    const known = { caseId, talkId, clinicianId: doctorAccount.id };
    const routes = (await readRoutes(target.apiUrl)).filter(
      (route) => changes(route) && route.takes !== undefined && isAskable(route),
    );
    const before = await settledFingerprints(target.ownerUrl);
    for (const route of routes) {
      const caller = route.credentials.includes('clinicianSession') ? doctor : patient;
      // One field too many and one of the wrong type: no schema lets this through.
      const [first = 'x'] = Object.keys(route.fields ?? {});
      const body = JSON.stringify(
        bodyOf(route, { [first]: { nested: true }, role: 'administrator', shared_at: 'now' }),
      );
      for (const type of contentTypes) {
        const answer = await ask(target.apiUrl, {
          method: route.method,
          path: pathOf(route, known),
          headers: {
            ...caller.headers(),
            'idempotency-key': crypto.randomUUID(),
            'if-match': '"1"',
            ...(type === undefined ? {} : { 'content-type': type }),
          },
          body,
        });
        const { status } = answer;
        // 401 and 404 are told before a body is looked at: flows that are not open, providers that did not sign.
        const isHeld =
          status === 415 ||
          (status === 400 && codeOf(answer) === 'invalid-request') ||
          ((status === 401 || status === 404) && !/Session/.test(route.credentials.join())) ||
          status === 429;
        tally.held(isHeld, `${route.id} as ${type}: ${status} ${answer.text.slice(0, 100)}`);
      }
    }
    const changed = changedBetween(before, await fingerprints(target.ownerUrl));
    tally.held(changed.length === 0, `Rows changed in ${changed.join(', ')}`);
    tally.note(
      `${routes.length} routes that take a body × ${contentTypes.length} content types: 415 or validated`,
    );
    return tally.outcome;
  },
};
