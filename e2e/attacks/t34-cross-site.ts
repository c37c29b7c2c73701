import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchBrowser } from '../support/browser.ts';
import { arranged, type Attack, Tally } from './attack.ts';
import { takeOver } from './means/browsing.ts';
import { cookieHeader } from './means/caller.ts';
import { newPair, type Pair } from './means/cast.ts';
import { formOf } from './means/multipart.ts';
import { bodyOf, changes, pathOf, readRoutes, type Route } from './means/routes.ts';
import { changedBetween, fingerprints, settledFingerprints } from './means/tables.ts';
import type { Target } from './means/target.ts';
import { ask } from './means/wire.ts';

const form = formOf({ name: 'title', content: 'Wrist' }, { fileName: 'a.txt', content: 'Hello' });

/** What a page elsewhere can make a browser send without being asked first: three types of form, and JSON in disguise. */
const bodies = (json: string): readonly { readonly type: string; readonly body: string | Buffer }[] => [
  { type: 'application/x-www-form-urlencoded', body: 'title=Wrist&patientName=Ana' },
  { type: 'text/plain', body: json },
  { type: form.type, body: form.body },
  { type: 'application/json', body: json },
];

/** What browsers say of such a request, old ones only the origin. */
const origins: readonly Record<string, string>[] = [
  { origin: 'https://evil.example.com', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  { origin: 'https://evil.example.com' },
  { origin: 'null', 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site', origin: 'http://localhost:1' },
];

const known = ({ caseId, talkId, doctorAccount }: Pair): Record<string, string> => ({
  caseId,
  talkId,
  clinicianId: doctorAccount.id,
});

export const t34: Attack = {
  id: 'T34',
  title: 'CSRF',
  async run({ target }) {
    const tally = new Tally();
    const pair = await newPair(target);
    const routes = (await readRoutes(target.apiUrl)).filter(changes);
    const before = await settledFingerprints(target.ownerUrl);
    const portals = { clinician: target.clinicianUrl, patient: target.patientUrl };
    for (const route of routes) {
      const json = JSON.stringify(bodyOf(route));
      for (const victim of [pair.doctor, pair.patient]) {
        for (const { type, body } of bodies(json)) {
          for (const [index, origin] of origins.entries()) {
            // Straight at the API, and as a browser comes: through the portal's web server.
            const url = index === 0 ? portals[victim.portal] : target.apiUrl;
            const { status } = await ask(url, {
              method: route.method,
              path: pathOf(route, known(pair)),
              headers: {
                ...(index === 0 ? { cookie: cookieHeader(victim.cookies) } : victim.headers()),
                ...origin,
                'content-type': type,
                'idempotency-key': crypto.randomUUID(),
              },
              body,
            });
            tally.held(status === 403, `${route.id} as ${type} with ${JSON.stringify(origin)}: ${status}`);
          }
        }
      }
    }
    await inABrowser(target, pair, routes, tally);
    const changed = changedBetween(before, await fingerprints(target.ownerUrl));
    tally.held(changed.length === 0, `Rows changed in ${changed.join(', ')}`);
    const cookies = [...pair.doctor.cookies.keys(), ...pair.patient.cookies.keys()];
    tally.held(
      cookies.every((name) => name.startsWith('__Host-')),
      `A cookie is not bound to its host: ${cookies.join(', ')}`,
    );
    tally.note(
      `${routes.length} unsafe routes × 4 bodies × 4 origins × 2 portals, and a real page of another site`,
    );
    return tally.outcome;
  },
};

/** A page of another site, opened by somebody who is signed in, submits forms to the portal by itself. */
async function inABrowser(target: Target, pair: Pair, routes: readonly Route[], tally: Tally): Promise<void> {
  const posts = routes.filter(({ method }) => method === 'POST');
  const forms = posts
    .flatMap((route) =>
      ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'].map(
        (type, index) =>
          `<iframe name="f${route.id}${index}"></iframe><form target="f${route.id}${index}" method="post" enctype="${type}" action="${target.clinicianUrl}${pathOf(route, known(pair))}"><input name='{"title":"Wrist","x":"' value='"}'></form>`,
      ),
    )
    .join('');
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html>${forms}<script>for (const one of document.forms) one.submit();</script>`);
  });
  await new Promise<void>((resolve) => {
    site.listen(0, '127.0.0.1', resolve);
  });
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext();
    await takeOver(context, pair.doctor, target.clinicianUrl);
    const page = await context.newPage();
    const answered = new Map<string, number>();
    page.on('response', (response) => {
      if (response.request().method() === 'POST')
        answered.set(`${answered.size} ${response.url()}`, response.status());
    });
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    await page.waitForLoadState('networkidle');
    for (const [url, status] of answered)
      tally.held(status === 403, `A foreign page’s form to ${url}: ${status}`);
    arranged(
      answered.size >= posts.length,
      `forms of a foreign page, of which only ${answered.size} were sent`,
    );
  } finally {
    await browser.close();
    site.close();
  }
}
