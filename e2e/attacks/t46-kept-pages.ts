import { launchBrowser } from '../support/browser.ts';
import { PatientPortal } from '../pages/patient-portal.ts';
import { arranged, type Attack, Tally } from './attack.ts';
import { type Caller, signIn, upload } from './means/caller.ts';
import { takeOver } from './means/browsing.ts';
import { newAccount, newPair, type Pair, say } from './means/cast.ts';
import { contents } from './means/contents.ts';
import { isAskable, pathOf, readRoutes } from './means/routes.ts';
import type { Target } from './means/target.ts';
import { dataOf } from './means/wire.ts';

const secret = 'Only the two of us read this.';

/** Nothing of a signed-in person's is kept by the browser or a proxy, and nothing of it comes back after signing out. */
export const t46: Attack = {
  id: 'T46',
  title: 'Cached PHI in browser or proxy',
  async run({ target }) {
    const tally = new Tally();
    const pair = await newPair(target);
    const known = await furnish(pair);
    const routes = (await readRoutes(target.apiUrl)).filter(
      (route) => route.method === 'GET' && route.credentials.length > 0 && isAskable(route),
    );
    let successes = 0;
    for (const [caller, portalUrl] of [
      [pair.doctor, target.clinicianUrl],
      [pair.patient, target.patientUrl],
    ] as const) {
      for (const route of routes) {
        for (const through of [target.apiUrl, portalUrl]) {
          const answer = await askThrough(caller, through, pathOf(route, known));
          if (answer.status === 200) successes += 1;
          tally.held(
            /\bno-store\b/.test(answer.headers.get('cache-control') ?? '') && !answer.headers.has('expires'),
            `${route.id} (${answer.status}) is kept: ${answer.headers.get('cache-control')}`,
          );
        }
      }
    }
    arranged(successes > routes.length, `answers of which most are successes, not ${successes}`);
    // A browser that keeps answers shows old ones on its way there.
    if (tally.successes === 0) await back(target, pair, tally);
    const out = await pair.doctor.send('DELETE', '/v1/sessions/current');
    const left = String(out.headers['clear-site-data']);
    tally.held(left.includes('"cache"'), `Signing out says ${left} of what the browser has kept`);
    tally.note(
      `${routes.length} routes as clinician and patient, at the API and through the portals: all no-store`,
    );
    return tally.outcome;
  },
};

function askThrough({ headers }: Caller, url: string, path: string): Promise<Response> {
  return fetch(`${url}${path}`, { headers: headers() }).then(async (response) => {
    await response.arrayBuffer();
    return response;
  });
}

/** One record of each kind, so that the answers have something in them. */
async function furnish({ doctor, patient, talkId, caseId }: Pair): Promise<Record<string, string>> {
  const path = `/v1/talks/${talkId}/uploads`;
  const file = dataOf(await upload(patient, path, { name: 'knee.png', content: contents.png })) as {
    id: string;
  };
  await say(patient, talkId, secret, [file.id]);
  const shared = dataOf(await doctor.send('POST', `/v1/attachments/${file.id}/share`)) as { id: string };
  const { data } = dataOf(await doctor.ask({ path: `/v1/cases/${caseId}/invitations` })) as {
    data: { id: string }[];
  };
  return {
    talkId,
    caseId,
    attachmentId: file.id,
    caseAttachmentId: shared.id,
    invitationId: data[0]?.id ?? '',
  };
}

/** Signs in, reads, signs out and presses Back. */
async function back(target: Target, { doctor, caseId }: Pair, tally: Tally): Promise<void> {
  const account = await newAccount(target, 'patient');
  const made = dataOf(
    await doctor.send('POST', '/v1/cases', {
      patientName: account.name,
      patientBirthDate: '1988-04-17',
      title: `After ${caseId.slice(0, 8)}`,
    }),
  ) as { id: string };
  const { email } = account;
  await doctor.send('POST', `/v1/cases/${made.id}/invitations`, { email, firstMessage: secret });
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ baseURL: target.patientUrl });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const portal = new PatientPortal(page);
    await takeOver(context, await signIn(target, account), target.patientUrl);
    await page.goto('/');
    await portal.inboxLink.waitFor();
    const { data } = (await page.evaluate(async () => (await fetch('/v1/me/invitations')).json())) as {
      data: { id: string }[];
    };
    await page.evaluate(
      async (id) => (await fetch(`/v1/invitations/${id}/accept`, { method: 'POST' })).status,
      data[0]?.id,
    );
    await page.goto('/inbox');
    await page.getByText(secret).first().waitFor();
    await page.getByRole('list', { name: portal.words.conversations }).getByRole('link').first().click();
    await portal.talk.message(secret).waitFor();
    const isShown = async (): Promise<boolean> => (await page.content()).includes(secret);
    await page.evaluate(async () => (await fetch('/v1/sessions/current', { method: 'DELETE' })).status);
    await page.goto('/sign-in');
    await portal.button(portal.words.signIn).waitFor();
    for (let steps = 0; steps < 3; steps += 1) {
      await page.goBack().catch(() => null);
      await page.waitForTimeout(1_000);
      tally.held(!(await isShown()), `Back after signing out shows the talk at ${page.url()}`);
    }
  } finally {
    await browser.close();
  }
}
